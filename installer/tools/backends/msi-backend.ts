/** What turns the WiX source into an MSI; `--backend` chooses. */
import { embeddedBackend } from './embedded-backend.ts';
import { wix3Backend } from './wix3-backend.ts';

export interface BackendInput {
  readonly source: string;
  /** The MSI is written here, whole or not at all. */
  readonly output: string;
  readonly architecture: 'x64' | 'arm64';
  readonly sourceDateEpoch: number;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

export interface BackendOutput {
  readonly productCode: string;
  readonly packageCode: string;
  /** Absolute paths of the files that went into the MSI; absent when the back end does not tell. */
  readonly payloadFiles?: readonly string[];
}

export interface MsiBackend {
  compile(input: BackendInput): Promise<BackendOutput>;
}

export const backendNames = ['embedded', 'wix3'] as const;
export type BackendName = (typeof backendNames)[number];

export const msiBackends: Readonly<Record<BackendName, MsiBackend>> = {
  embedded: embeddedBackend,
  wix3: wix3Backend,
};
