/** Reads the payload: finds every file, takes its hashes and, from an executable, its version. */
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostic.ts';
import { readFileVersion } from '../../formats/pe/read-file-version.ts';
import { fileNotFound, fileTooLarge } from '../diagnostics.ts';
import type { FileResolver, PayloadFile } from '../file-resolver.ts';
import type { FileSymbol } from '../symbols.ts';
import type { ReadFile } from './bound-file.ts';
import type { DirectoryPaths } from './directory-paths.ts';

/** Largest file in a cabinet. Source: Windows "Cabinet Format". */
const MAX_FILE_SIZE = 0x7fff8000;

export interface PayloadContext {
  readonly files: FileResolver;
  readonly paths: DirectoryPaths;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly signal: AbortSignal | undefined;
}

/** In the order of `symbols`; those that cannot be read are reported and left out. */
export async function readPayload(
  symbols: readonly FileSymbol[],
  context: PayloadContext,
): Promise<readonly ReadFile[]> {
  // The same file is often installed under several names: its content is read once.
  const contents = new Map<string, Promise<Content>>();
  const result: ReadFile[] = [];
  for (const symbol of symbols) {
    const path = symbol.source ?? sourceImagePath(symbol, context.paths);
    const payload = await context.files.resolvePayload(path);
    if (payload === undefined) {
      context.report(fileNotFound(symbol.span, path));
      continue;
    }
    if (payload.sizeBytes > MAX_FILE_SIZE) context.report(fileTooLarge(symbol.span, path, payload.sizeBytes));
    const version = await versionOf(symbol, payload);
    // Only an unversioned file is compared by its MD5, so that of a large executable need not be computed.
    const key = `${version.version === null} ${payload.path}`;
    const content =
      contents.get(key) ?? readContent(payload, { md5: version.version === null, signal: context.signal });
    contents.set(key, content);
    result.push({ symbol, payload, ...(await content), ...version });
  }
  return result;
}

function sourceImagePath(symbol: FileSymbol, paths: DirectoryPaths): string {
  return ['SourceDir', paths.sourcePath(symbol.directory), symbol.longName].filter((part) => part !== '').join('\\');
}

interface Content {
  readonly md5: Uint8Array | null;
  readonly sha256: string;
}

/** Hashes of the whole content. */
export async function readContent(
  payload: PayloadFile,
  options: { readonly md5: boolean; readonly signal: AbortSignal | undefined },
): Promise<Content> {
  const sha256 = createHash('sha256');
  const md5 = options.md5 ? createHash('md5') : undefined;
  for await (const chunk of payload.chunks()) {
    options.signal?.throwIfAborted();
    sha256.update(chunk);
    md5?.update(chunk);
  }
  return { md5: md5 === undefined ? null : new Uint8Array(md5.digest()), sha256: sha256.digest('hex') };
}

async function versionOf(
  symbol: FileSymbol,
  payload: PayloadFile,
): Promise<{ version: string | null; language: string | null }> {
  if (symbol.companion !== undefined) return { version: symbol.companion, language: symbol.language ?? null };
  const found = await readFileVersion(payload);
  const version = found?.version ?? symbol.version ?? null;
  // A versioned file without a language would be taken for a file of every language (ICE60): 0 says neutral.
  const language = found?.languages.join(',') || (symbol.language ?? (version === null ? null : '0'));
  return { version, language };
}

/** A whole text: UTF-16 or UTF-8 by its byte order mark, else UTF-8. */
export async function readText(payload: PayloadFile): Promise<string> {
  const bytes = await payload.readAt(0, payload.sizeBytes);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
