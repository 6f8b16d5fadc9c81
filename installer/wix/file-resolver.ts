import type { RandomAccessSource } from '../formats/byte-source.ts';

/** A source text with the name that diagnostics show for it. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** Dialogs that a product gets by naming them: fragments, and their strings in several languages. */
export interface UiLibrary {
  readonly sources: readonly SourceText[];
  /** Localization files; every string is overridable, and `en-us` has all of them. */
  readonly localizations: readonly SourceText[];
}

/** A file that goes into the package. Its content must not change during a compile. */
export interface PayloadFile extends RandomAccessSource {
  /** Where it was found, for messages only: it never reaches the output. */
  readonly path: string;
}

/**
 * How the compiler reaches files: a port, so that it stays pure. Paths come as authored, with `\` or `/`, absolute or
 * relative; the implementation decides which folders to search. An absent file is `undefined`, not an error.
 */
export interface FileResolver {
  /** A file named by `Source`, `SourceFile` and the like; relative paths are searched in the bind paths. */
  resolvePayload(path: string): Promise<PayloadFile | undefined>;
  /** A file named by `<?include?>` in `fromFile`; searched beside that file first, then in the include paths. */
  resolveInclude(path: string, fromFile: string): Promise<SourceText | undefined>;
  /** The library that has the `UI` element `id`, which no source of the compile has. Absent where there are none. */
  resolveUi?(id: string): Promise<UiLibrary | undefined>;
}
