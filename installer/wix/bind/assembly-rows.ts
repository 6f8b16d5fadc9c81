/** Rows of MsiAssemblyName: what assemblies say of themselves in their metadata or in their manifest. */
import type { Diagnostic } from '../../diagnostic.ts';
import { readAssemblyName } from '../../formats/pe/read-assembly-name.ts';
import * as problem from '../diagnostics.ts';
import type { LinkedProduct } from '../link/link.ts';
import type { RowSymbol } from '../symbols.ts';
import { readXmlEvents } from '../xml/xml-events.ts';
import type { ReadFile } from './bound-file.ts';
import { readText } from './read-payload.ts';

const WIN32 = 1;
const MANIFEST_NAMES = ['name', 'version', 'type', 'processorArchitecture', 'publicKeyToken'];

/** What is read takes the place of what an AssemblyName element says. */
export async function assemblyNameRows(
  product: LinkedProduct,
  files: readonly ReadFile[],
  report: (diagnostic: Diagnostic) => void,
): Promise<readonly RowSymbol[]> {
  const found: RowSymbol[] = [];
  for (const file of files.filter(({ symbol }) => symbol.assembly !== undefined)) {
    for (const [name, value] of await dotNetName(file, report)) found.push(nameRow(file, name, value));
  }
  for (const { cells } of product.rows.filter(({ table }) => table === 'MsiAssembly')) {
    const manifest =
      cells.Attributes === WIN32 ? files.find(({ symbol }) => symbol.id === cells.File_Manifest) : undefined;
    if (manifest === undefined) continue;
    const names = await manifestName(manifest, report);
    const row = { ...manifest, symbol: { ...manifest.symbol, component: String(cells.Component_) } };
    for (const [name, value] of names) found.push(nameRow(row, name, value));
  }
  const keys = new Set(found.map(({ cells }) => `${cells.Component_}/${cells.Name}`));
  return [
    ...product.rows.filter(
      ({ table, cells }) => table !== 'MsiAssemblyName' || !keys.has(`${cells.Component_}/${cells.Name}`),
    ),
    ...found,
  ];
}

function nameRow({ symbol }: Pick<ReadFile, 'symbol'>, name: string, value: string): RowSymbol {
  const cells = { Component_: symbol.component, Name: name, Value: value };
  return { table: 'MsiAssemblyName', cells, span: symbol.span };
}

async function dotNetName(
  { symbol, payload }: ReadFile,
  report: (diagnostic: Diagnostic) => void,
): Promise<readonly (readonly [string, string])[]> {
  const assembly = await readAssemblyName(payload);
  if (assembly === undefined) {
    report(problem.noAssembly(symbol.span, payload.path));
    return [];
  }
  const { name, version, culture, publicKeyToken, processor } = assembly;
  if (publicKeyToken === undefined && symbol.assembly?.global === true)
    report(problem.weakAssembly(symbol.span, payload.path));
  return [
    ['name', name],
    ['version', version],
    ['culture', culture],
    ...(publicKeyToken === undefined ? [] : [['publicKeyToken', publicKeyToken] as const]),
    ['processorArchitecture', processor || (symbol.assembly?.processor ?? '')],
  ];
}

async function manifestName(
  { symbol, payload }: ReadFile,
  report: (diagnostic: Diagnostic) => void,
): Promise<readonly (readonly [string, string])[]> {
  const { events } = readXmlEvents({ file: payload.path, text: await readText(payload) });
  const identity = events.find((event) => event.kind === 'open' && event.name === 'assemblyIdentity');
  if (identity?.kind !== 'open') {
    report(problem.noManifest(symbol.span, payload.path));
    return [];
  }
  return MANIFEST_NAMES.flatMap((name) => {
    const value = identity.attributes.find((attribute) => attribute.name === name)?.value;
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
}
