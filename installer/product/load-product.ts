/** Reads a product file: every error at once, each with its place, its path and what was expected. */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  createScanner,
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { z } from 'zod';
import type { Diagnostic, SourceSpan } from '../diagnostic.ts';
import { errorCode, ToolError } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import { type ProductFile, productSchema } from './schema.ts';

/** A product file that holds, with what is not written in it filled in. */
export interface Product extends ProductFile {
  readonly version: string;
  /** Absolute path of the product file. */
  readonly file: string;
  /** Folder that the paths in the file are relative to. */
  readonly dir: string;
}

export type LoadResult =
  | {
      readonly ok: true;
      readonly product: Product;
      /** Where a setting stands in the file, such as `['files', 0, 'source']`; for errors found later. */
      readonly locate: (path: readonly (string | number)[]) => SourceSpan;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads and validates `path`. Throws `ToolError` only when the file cannot be read at all. */
export async function loadProduct(path: string): Promise<LoadResult> {
  const file = resolve(path);
  const text = await readProductText(file);
  const dir = dirname(file);
  const result = parseProduct(text, file);
  if (!result.ok) return result;
  const version = result.product.version ?? (await nearestPackageVersion(dir));
  if (version === undefined) {
    const message =
      'version: missing, and no package.json with a version in this folder or above it, expected one of them';
    return { ok: false, diagnostics: [{ code: 'VGL1003', severity: 'error', message, span: startOf(file) }] };
  }
  if (!productSchema.shape.version.safeParse(version).success) {
    const message = `version: package.json says "${version}", expected three numbers such as 1.2.3, at most 255.255.65535`;
    return { ok: false, diagnostics: [{ code: 'VGL1002', severity: 'error', message, span: startOf(file) }] };
  }
  return { ok: true, product: { ...result.product, version, file, dir }, locate: result.locate };
}

type ParseResult =
  | { ok: true; product: ProductFile; locate: (path: readonly (string | number)[]) => SourceSpan }
  | { ok: false; diagnostics: readonly Diagnostic[] };

/** The pure half of `loadProduct`: text in, product or diagnostics out. `file` only names the place of errors. */
export function parseProduct(text: string, file: string): ParseResult {
  const deep = placeNestedTooDeep(text);
  if (deep !== undefined) return { ok: false, diagnostics: [tooDeep(text, deep, file)] };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  if (errors.length > 0 || tree === undefined) return { ok: false, diagnostics: syntaxDiagnostics(errors, text, file) };
  const parsed = productSchema.safeParse(JSON.parse(text));
  if (parsed.success) {
    return { ok: true, product: parsed.data, locate: (path) => spanOfPath(path, { tree, text, file }) };
  }
  const diagnostics = parsed.error.issues
    .slice(0, MAX_DIAGNOSTICS)
    .flatMap((issue) => issueDiagnostics(issue, { tree, text, file }));
  return { ok: false, diagnostics: diagnostics.toSorted(byPlace) };
}

/** A product file has a dozen; beyond this the parser's own recursion would be what says no. */
const MAX_DEPTH = 100;
/** Enough to see what kind of file it is; each has its place looked for in the text. */
const MAX_DIAGNOSTICS = 100;
const OPENING = new Set('{[');
const CLOSING = new Set('}]');

/** Offset of the bracket that is one too many inside others. */
function placeNestedTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const token = scanner.getTokenLength() === 1 ? (text[scanner.getTokenOffset()] ?? '') : '';
    if (OPENING.has(token)) depth += 1;
    if (CLOSING.has(token)) depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return undefined;
}

function tooDeep(text: string, offset: number, file: string): Diagnostic {
  const message = `Not a product file: brackets more than ${MAX_DEPTH} deep`;
  return { code: 'VGL1001', severity: 'error', message, span: spanAt(text, offset, file) };
}

interface ParsedText {
  readonly tree: Node;
  readonly text: string;
  readonly file: string;
}

function syntaxDiagnostics(errors: readonly ParseError[], text: string, file: string): Diagnostic[] {
  if (text.trim() === '') {
    return [
      { code: 'VGL1001', severity: 'error', message: 'The file is empty, expected a JSON object', span: startOf(file) },
    ];
  }
  return errors.slice(0, MAX_DIAGNOSTICS).map(({ error, offset }) => ({
    code: 'VGL1001',
    severity: 'error',
    message: `Not JSON: ${words(printParseErrorCode(error))}`,
    span: spanAt(text, offset, file),
  }));
}

function issueDiagnostics(issue: z.core.$ZodIssue, parsed: ParsedText): Diagnostic[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MAX_DIAGNOSTICS).map((key) => unknownKey(issue.path, key, parsed));
  const missing = findNodeAtLocation(parsed.tree, jsonPath(issue.path)) === undefined;
  return [
    {
      code: missing ? 'VGL1003' : 'VGL1002',
      severity: 'error',
      message: `${printPath(issue.path)}: ${missing ? `missing, ${expectation(issue)}` : describe(issue, parsed)}`,
      span: spanOfPath(issue.path, parsed),
    },
  ];
}

function unknownKey(path: readonly PropertyKey[], key: string, parsed: ParsedText): Diagnostic {
  const near = nearestName(key, knownKeys(path));
  const node = findNodeAtLocation(parsed.tree, [...jsonPath(path), key])?.parent ?? parsed.tree;
  const hint = near === undefined ? `, expected one of ${knownKeys(path).join(', ')}` : `, did you mean "${near}"?`;
  return {
    code: 'VGL1004',
    severity: 'error',
    message: `${printPath([...path, key])}: unknown setting${hint}`,
    span: spanAt(parsed.text, node.offset, parsed.file),
  };
}

function describe(issue: z.core.$ZodIssue, parsed: ParsedText): string {
  const node = findNodeAtLocation(parsed.tree, jsonPath(issue.path));
  const found =
    node === undefined ? '' : `found ${parsed.text.slice(node.offset, node.offset + Math.min(node.length, 60))}, `;
  return `${found}${expectation(issue)}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected === 'int' ? 'a whole number' : issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return issue.message.startsWith('expected') ? issue.message : `expected ${issue.minimum} or more`;
    case 'too_big':
      return issue.message.startsWith('expected') ? issue.message : `expected ${issue.maximum} or less`;
    default:
      return issue.message;
  }
}

/** The keys that the schema knows at `path`, found by walking the published JSON Schema's own source. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = productSchema;
  for (const segment of path)
    schema = typeof segment === 'number' ? elementOf(schema) : shapeOf(schema)[String(segment)];
  return Object.keys(shapeOf(schema));
}

function shapeOf(schema: unknown): Record<string, unknown> {
  const object = unwrap(schema);
  return 'shape' in object ? (object.shape as Record<string, unknown>) : {};
}

function elementOf(schema: unknown): unknown {
  const array = unwrap(schema);
  return 'element' in array ? array.element : undefined;
}

/** Strips optional and default wrappers: both keep the wrapped schema in `def.innerType`. */
function unwrap(schema: unknown): object {
  let current = schema as { def?: { innerType?: unknown } } | undefined;
  while (current?.def?.innerType !== undefined) current = current.def.innerType as typeof current;
  return current ?? {};
}

async function readProductText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const found = errorCode(error) === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    throw new ToolError('file-missing', `Cannot read product file "${file}": ${found}`, {
      cure: 'Give the path of a product file with --product.',
      cause: error,
    });
  }
}

/** The version of the nearest package.json at or above `dir` that has one. */
async function nearestPackageVersion(dir: string): Promise<string | undefined> {
  for (let current = dir; ; current = dirname(current)) {
    const text = await readFile(join(current, 'package.json'), 'utf8').catch(() => undefined);
    const version = text === undefined ? undefined : versionIn(text, join(current, 'package.json'));
    if (typeof version === 'string') return version;
    if (dirname(current) === current) return undefined;
  }
}

function versionIn(text: string, file: string): unknown {
  try {
    return (JSON.parse(text) as { version?: unknown } | null)?.version;
  } catch (error) {
    throw new ToolError('file-invalid', `Cannot read the version from "${file}": it is not JSON`, {
      cure: 'Mend the file, or give the version in the product file.',
      cause: error,
    });
  }
}

const jsonPath = (path: readonly PropertyKey[]): (string | number)[] =>
  path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));

/** `workers[0].entry` */
export const printPath = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'product file'
    : path
        .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
        .join('');

const words = (code: string): string =>
  code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();

const startOf = (file: string): SourceSpan => ({ file, line: 1, column: 1 });

/** The value's own place, or that of the nearest thing around it that is written. */
function spanOfPath(path: readonly PropertyKey[], { tree, text, file }: ParsedText): SourceSpan {
  const node = path.map((_, index) => findNodeAtLocation(tree, jsonPath(path.slice(0, path.length - index))));
  return spanAt(text, (node.find((candidate) => candidate !== undefined) ?? tree).offset, file);
}

function spanAt(text: string, offset: number, file: string): SourceSpan {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { file, line: before.split('\n').length, column: offset - lineStart + 1 };
}

const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  (a.span?.line ?? 0) - (b.span?.line ?? 0) || (a.span?.column ?? 0) - (b.span?.column ?? 0);
