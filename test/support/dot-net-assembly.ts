/**
 * The smallest .NET assembly that has an identity: one section with the CLI header and the metadata tables Module and
 * Assembly. Source: ECMA-335, partition II, sections 22, 24 and 25. It could not run.
 */
export interface AssemblyShape {
  readonly name: string;
  readonly version: readonly [number, number, number, number];
  readonly culture?: string;
  readonly publicKey?: Uint8Array;
  readonly only32Bit?: boolean;
}

const SECTION_ADDRESS = 0x2000;
const SECTION_OFFSET = 0x200;
const METADATA = 72;

export function dotNetAssembly({ name, version, culture = '', publicKey, only32Bit = false }: AssemblyShape): Buffer {
  const strings = Buffer.from(`\0${name}\0${culture}\0`);
  const blobs = publicKey === undefined ? Buffer.from([0]) : Buffer.from([0, publicKey.length, ...publicKey]);
  const tables = Buffer.alloc(24 + 8 + 10 + 22);
  tables.writeBigUInt64LE((1n << 0n) | (1n << 0x20n), 8);
  tables.writeUInt32LE(1, 24);
  tables.writeUInt32LE(1, 28);
  const assembly = 24 + 8 + 10;
  for (const [index, part] of version.entries()) tables.writeUInt16LE(part, assembly + 4 + index * 2);
  tables.writeUInt16LE(publicKey === undefined ? 0 : 1, assembly + 16);
  tables.writeUInt16LE(1, assembly + 18);
  tables.writeUInt16LE(culture === '' ? 0 : name.length + 2, assembly + 20);
  const metadata = metadataRoot([
    ['#~', tables],
    ['#Strings', strings],
    ['#Blob', blobs],
  ]);
  const cli = Buffer.alloc(METADATA);
  cli.writeUInt32LE(METADATA, 0);
  cli.writeUInt32LE(SECTION_ADDRESS + METADATA, 8);
  cli.writeUInt32LE(metadata.length, 12);
  cli.writeUInt32LE(only32Bit ? 3 : 1, 16);
  return Buffer.concat([headers(METADATA + metadata.length), cli, metadata]);
}

function metadataRoot(streams: readonly (readonly [string, Buffer])[]): Buffer {
  const version = Buffer.from('v4.0.30319\0\0');
  const names = streams.map(([name]) => Buffer.from(name.padEnd((name.length + 4) & ~3, '\0')));
  const head = Buffer.alloc(20 + version.length);
  head.writeUInt32LE(0x424a5342, 0);
  head.writeUInt32LE(version.length, 12);
  version.copy(head, 16);
  head.writeUInt16LE(streams.length, 18 + version.length);
  let offset = head.length + names.reduce((sum, name) => sum + 8 + name.length, 0);
  const entries = streams.map(([, content], index) => {
    const place = Buffer.alloc(8);
    place.writeUInt32LE(offset, 0);
    place.writeUInt32LE(content.length, 4);
    offset += content.length;
    return Buffer.concat([place, names[index] ?? Buffer.alloc(0)]);
  });
  return Buffer.concat([head, ...entries, ...streams.map(([, content]) => content)]);
}

/** DOS, PE and section headers of a 32-bit image. */
function headers(size: number): Buffer {
  const bytes = Buffer.alloc(SECTION_OFFSET);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 60);
  bytes.write('PE\0\0', 0x80);
  bytes.writeUInt16LE(332, 0x84);
  bytes.writeUInt16LE(1, 0x86);
  bytes.writeUInt16LE(224, 0x94);
  const optional = 0x98;
  bytes.writeUInt16LE(267, optional);
  const directory = optional + 96 + 14 * 8;
  bytes.writeUInt32LE(SECTION_ADDRESS, directory);
  bytes.writeUInt32LE(METADATA, directory + 4);
  const section = optional + 224;
  bytes.write('.text', section);
  bytes.writeUInt32LE(size, section + 8);
  bytes.writeUInt32LE(SECTION_ADDRESS, section + 12);
  bytes.writeUInt32LE(size, section + 16);
  bytes.writeUInt32LE(SECTION_OFFSET, section + 20);
  return bytes;
}
