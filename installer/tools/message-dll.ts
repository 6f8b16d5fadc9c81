/**
 * The message DLL: where Event Viewer finds the texts of the daemon's events. It holds resources and nothing else, so it
 * serves a program of any architecture and no code of it ever runs. Deterministic: no time stamp, no build path.
 *
 * It is a file of its own because the Event Log service keeps message files open; the executable must stay replaceable.
 * Its file version is the revision of the catalogue, not the version of the product: for a file of equal version Windows
 * Installer leaves the one in place alone, so a repair or a second run of the installer does not touch an open file.
 */
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';
import {
  catalogueRevision,
  type EventDefinition,
  eventCatalogue,
  eventIdentifier,
  eventLanguages,
} from '../../src/product/event-catalogue.ts';
import { encodeMessageTable, RT_MESSAGETABLE } from '../formats/pe/message-table.ts';
import type { Architecture } from './windows-runtime.ts';

export interface MessageDllDetails {
  readonly productName: string;
  readonly companyName: string;
  readonly originalFilename: string;
  readonly architecture: Architecture;
}

/** IMAGE_FILE_HEADER.Machine (PE format). Data files are not held to it; it is the product's for the sake of scanners. */
const machines: Readonly<Record<Architecture, number>> = { x64: 0x8664, arm64: 0xaa64 };
/** IMAGE_FILE_HEADER.Characteristics: EXECUTABLE_IMAGE, LARGE_ADDRESS_AWARE, DLL. */
const CHARACTERISTICS = 0x2022;
/** VS_FIXEDFILEINFO: VOS_NT_WINDOWS32 and VFT_DLL. */
const FILE_OS = 0x4_0004;
const FILE_TYPE_DLL = 2;
const UNICODE_CODE_PAGE = 1200;
/** English (United States): the language that Explorer falls back to for version information. */
const VERSION_LANGUAGE = 1033;
/** A module has one message table; FormatMessage asks for number 1. */
const TABLE_ID = 1;

export function makeMessageDll(details: MessageDllDetails): Uint8Array {
  const dll = NtExecutable.createEmpty(false, true);
  const { fileHeader, optionalHeader } = dll.newHeader;
  fileHeader.machine = machines[details.architecture];
  fileHeader.characteristics = CHARACTERISTICS;
  const resources = NtExecutableResource.from(dll);
  for (const { language, languageId } of eventLanguages) {
    const table = encodeMessageTable(Object.values(eventCatalogue).map((event) => messageOf(event, language)));
    const bin = new Uint8Array(table).buffer;
    resources.entries.push({ type: RT_MESSAGETABLE, id: TABLE_ID, lang: languageId, codepage: 0, bin });
  }
  versionOf(details).outputToResourceEntries(resources.entries);
  resources.outputResource(dll);
  optionalHeader.sizeOfInitializedData = dll.getAllSections().reduce((sum, { info }) => sum + info.sizeOfRawData, 0);
  // Any value but 0 has the check sum computed.
  optionalHeader.checkSum = 1;
  return new Uint8Array(dll.generate());
}

function messageOf(event: EventDefinition, language: keyof EventDefinition['text']) {
  return { id: eventIdentifier(event), text: event.text[language] };
}

function versionOf({ productName, companyName, originalFilename }: MessageDllDetails): Resource.VersionInfo {
  const version = Resource.VersionInfo.createEmpty();
  version.lang = VERSION_LANGUAGE;
  version.setFileVersion(catalogueRevision, 0, 0, 0, VERSION_LANGUAGE);
  version.setProductVersion(catalogueRevision, 0, 0, 0, VERSION_LANGUAGE);
  version.fixedInfo.fileOS = FILE_OS;
  version.fixedInfo.fileType = FILE_TYPE_DLL;
  version.setStringValues(
    { lang: VERSION_LANGUAGE, codepage: UNICODE_CODE_PAGE },
    {
      CompanyName: companyName,
      FileDescription: `${productName} event messages`,
      InternalName: originalFilename.replace(/\.dll$/i, ''),
      OriginalFilename: originalFilename,
      ProductName: productName,
    },
  );
  return version;
}
