/** Edits of a Windows executable: version information, icon, signature, and the blob of a single executable (SEA). */
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Data, Resource } from 'resedit';
import { ToolError } from '../errors.ts';

/** English (United States): the language that Explorer falls back to for version information. */
const languageId = 1033;
const unicodeCodePage = 1200;
/** RT_RCDATA and the resource name under which Node.js looks for its blob (single executable applications, Node.js docs). */
const rawDataType = 10;
const seaResourceName = 'NODE_SEA_BLOB';
/** Node.js starts the blob only when the character after this sentinel is 1. */
const seaFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';

/** IMAGE_FILE_HEADER.Machine (PE format). */
const machineNames: ReadonlyMap<number, string> = new Map([
  [0x014c, 'x86'],
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);

export interface ExecutableDetails {
  readonly productName: string;
  readonly companyName: string;
  readonly description: string;
  readonly originalFilename: string;
  /** `a.b.c`; written as a.b.c.0. */
  readonly version: string;
  readonly comments: string;
  /** Bytes of an .ico file. */
  readonly icon?: Uint8Array;
}

/** Processor and version of a Windows executable; `unknown` for what its headers and version information do not say. */
export function describeExecutable(executable: Uint8Array): { architecture: string; version: string } {
  const exe = parseExecutable(executable);
  const [version] = Resource.VersionInfo.fromEntries(NtExecutableResource.from(exe).entries);
  const { fileVersionMS = 0, fileVersionLS = 0 } = version?.fixedInfo ?? {};
  return {
    architecture: machineNames.get(exe.newHeader.fileHeader.machine) ?? 'unknown',
    version:
      version === undefined ? 'unknown' : `${fileVersionMS >>> 16}.${fileVersionMS & 0xffff}.${fileVersionLS >>> 16}`,
  };
}

/**
 * The executable with `details` as its version information and icon, and without the signature of its maker, which any
 * change would invalidate. Throws `ToolError` (`file-invalid`) when `executable` is not a Windows executable.
 */
export function withDetails(executable: Uint8Array, details: ExecutableDetails): Uint8Array {
  const exe = parseExecutable(executable);
  const resources = NtExecutableResource.from(exe);
  replaceVersion(resources, details);
  if (details.icon !== undefined) replaceIcon(resources, details.icon);
  resources.outputResource(exe);
  return new Uint8Array(exe.generate());
}

/** The executable with `blob` injected as its single-executable application and the fuse set that makes Node.js start it. */
export function withSeaBlob(executable: Uint8Array, blob: Uint8Array): Uint8Array {
  const exe = parseExecutable(executable);
  const resources = NtExecutableResource.from(exe);
  if (resources.entries.some((entry) => entry.id === seaResourceName)) {
    throw new ToolError('file-invalid', 'Cannot inject the program: the base executable already holds one', {
      cure: 'Give a plain node.exe with --node-exe.',
    });
  }
  resources.entries.push({ type: rawDataType, id: seaResourceName, lang: 0, codepage: 0, bin: toArrayBuffer(blob) });
  resources.outputResource(exe);
  const result = new Uint8Array(exe.generate());
  setFuse(result);
  return result;
}

function replaceVersion(resources: NtExecutableResource, details: ExecutableDetails): void {
  for (const old of Resource.VersionInfo.fromEntries(resources.entries)) removeEntries(resources, 16, old.lang);
  const [major = 0, minor = 0, build = 0] = details.version.split('.').map(Number);
  const version = Resource.VersionInfo.createEmpty();
  version.lang = languageId;
  version.setFileVersion(major, minor, build, 0, languageId);
  version.setProductVersion(major, minor, build, 0, languageId);
  version.fixedInfo.fileOS = 0x40004;
  version.fixedInfo.fileType = 1;
  version.setStringValues(
    { lang: languageId, codepage: unicodeCodePage },
    {
      CompanyName: details.companyName,
      FileDescription: details.description,
      InternalName: details.originalFilename.replace(/\.exe$/i, ''),
      OriginalFilename: details.originalFilename,
      ProductName: details.productName,
      Comments: details.comments,
    },
  );
  version.outputToResourceEntries(resources.entries);
}

function replaceIcon(resources: NtExecutableResource, ico: Uint8Array): void {
  const [group] = Resource.IconGroupEntry.fromEntries(resources.entries);
  const icons = Data.IconFile.from(toArrayBuffer(ico)).icons.map((icon) => icon.data);
  Resource.IconGroupEntry.replaceIconsForResource(resources.entries, group?.id ?? 1, group?.lang ?? languageId, icons);
}

function removeEntries(resources: NtExecutableResource, type: number, lang: string | number): void {
  resources.entries = resources.entries.filter((entry) => entry.type !== type || entry.lang !== lang);
}

function parseExecutable(executable: Uint8Array): NtExecutable {
  try {
    return NtExecutable.from(executable, { ignoreCert: true });
  } catch (error) {
    throw new ToolError('file-invalid', 'Cannot edit the base executable: it is not a Windows executable (PE)', {
      cure: 'Give a node.exe for Windows with --node-exe.',
      cause: error,
    });
  }
}

function setFuse(executable: Uint8Array): void {
  const view = Buffer.from(executable.buffer, executable.byteOffset, executable.byteLength);
  const at = view.indexOf(`${seaFuse}0`, 0, 'latin1');
  if (at < 0) {
    throw new ToolError(
      'file-invalid',
      'Cannot inject the program: the base executable has no single-executable fuse',
      {
        cure: 'Give a node.exe of version 20 or later with --node-exe.',
      },
    );
  }
  view[at + seaFuse.length] = '1'.charCodeAt(0);
}

/** A copy of exactly these bytes: a `Buffer` may be a window of a larger pool, and its own `slice` copies nothing. */
function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
