/** A way to turn a bundle and a Windows node.exe into one executable. Two exist; `--engine` chooses. */
export const engineNames = ['pkg', 'sea'] as const;
export type EngineName = (typeof engineNames)[number];

export interface EngineInput {
  /** One CommonJS file with everything in it. */
  readonly bundle: string;
  /** node.exe of exactly `nodeVersion`, with the product's resources, unsigned. */
  readonly baseExecutable: string;
  readonly nodeVersion: string;
  readonly architecture: 'x64' | 'arm64';
  /** The executable is written here, whole or not at all. */
  readonly output: string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

export interface ExecutableEngine {
  readonly name: EngineName;
  /** What produced the executable, for the manifest. */
  readonly version: string;
  build(input: EngineInput): Promise<void>;
}
