/** ICE39, ICE80: the summary information, and what it promises about the tables. */
import { componentBits } from '../components.ts';
import { customActions } from '../custom-actions.ts';
import type { DatabaseView } from '../database-view.ts';
import { folders } from '../directories.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

const platforms = new Set(['', 'Intel', 'Intel64', 'x64', 'AMD64', 'Arm', 'Arm64']);
const guid = /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}/;
const [COMPRESSED, FILE_COMPRESSED, UTF8] = [2, 0x4000, 65_001];

const at = (column: string) => ({ table: 'Summary', column });

export const ice39: Rule = {
  id: 'ICE39',
  title: 'The summary information is complete and well formed',
  severity: 'error',
  reason: 'Windows reads it before anything else and refuses a package whose summary it does not understand.',
  *check(db) {
    const { template = '', revisionNumber = '', pageCount, wordCount, codePage } = db.summary;
    const parts = template.split(';');
    if (parts.length !== 2 || !platforms.has(parts[0] ?? '') || !/^(\d+(,\d+)*)?$/.test(parts[1] ?? '')) {
      yield {
        at: at('Template'),
        found: quoted(template),
        wanted: 'platform;language such as x64;1033',
        cure: 'Correct the template.',
      };
    }
    if (!guid.test(revisionNumber)) {
      yield {
        at: at('RevisionNumber'),
        found: quoted(revisionNumber),
        wanted: 'a package code',
        cure: 'Write an upper-case GUID in braces.',
      };
    }
    if (pageCount === undefined || pageCount < 30) {
      yield {
        at: at('PageCount'),
        found: quoted(pageCount ?? ''),
        wanted: 'the version of Windows Installer times 100',
        cure: 'Set InstallerVersion.',
      };
    }
    if (wordCount === undefined || wordCount < 0 || wordCount > 15) {
      yield {
        at: at('WordCount'),
        found: quoted(wordCount ?? ''),
        wanted: '0 to 15',
        cure: 'Say how the files are stored.',
      };
    }
    if (codePage === UTF8) {
      yield {
        at: at('Codepage'),
        found: 'UTF-8',
        wanted: 'an ANSI code page',
        cure: 'Use UTF-8 for the database only.',
      };
    }
    yield* compressedTwice(db);
  },
};

function* compressedTwice(db: DatabaseView): Iterable<Problem> {
  if (((db.summary.wordCount ?? 0) & COMPRESSED) === 0) return;
  for (const file of db.rows('File')) {
    if ((file.number('Attributes') & FILE_COMPRESSED) === 0) continue;
    yield {
      at: file.at('Attributes'),
      found: 'Compressed, in a package that is compressed as a whole',
      wanted: 'neither Compressed nor uncompressed',
      cure: 'Remove Compressed="yes" from the file.',
      severity: 'warning',
    };
  }
}

const folders64 = new Set(['ProgramFiles64Folder', 'CommonFiles64Folder', 'System64Folder']);
const folders32 = new Set(['ProgramFilesFolder', 'CommonFilesFolder', 'SystemFolder']);
const minimumSchema: Readonly<Record<string, number>> = { Intel64: 150, x64: 200, AMD64: 200, Arm64: 500 };
const LOCATOR_64BIT = 16;

export const ice80: Rule = {
  id: 'ICE80',
  title: 'Platform and language of the summary fit the tables',
  severity: 'error',
  reason: 'Windows refuses a 64-bit component in a 32-bit package, and installs into the other Program Files folder.',
  *check(db) {
    const [platform = '', languages = ''] = (db.summary.template ?? '').split(';');
    const is64Bit = minimumSchema[platform] !== undefined;
    const schema = minimumSchema[platform] ?? 0;
    if ((db.summary.pageCount ?? 0) < schema) {
      yield {
        at: at('PageCount'),
        found: String(db.summary.pageCount ?? 0),
        wanted: `at least ${schema} for ${platform}`,
        cure: 'Raise InstallerVersion.',
      };
    }
    const language = db.property('ProductLanguage') ?? '';
    if (language !== '' && languages !== '' && !languages.split(',').includes(language)) {
      yield {
        at: at('Template'),
        found: quoted(languages),
        wanted: `ProductLanguage ${language} in it`,
        cure: 'Use one language for both.',
      };
    }
    if (!is64Bit) yield* bitsIn32BitPackage(db);
    yield* foldersOfOtherBitness(db);
  },
};

function* bitsIn32BitPackage(db: DatabaseView): Iterable<Problem> {
  const wanted = 'x64 or Arm64 in the template of the summary';
  const cure = 'Build for x64 or Arm64.';
  for (const component of db.rows('Component')) {
    if ((component.number('Attributes') & componentBits.is64Bit) !== 0) {
      yield { at: component.at('Attributes'), found: 'a 64-bit component', wanted, cure };
    }
  }
  for (const { type, row } of db.derived(customActions).values()) {
    if (type.is64BitScript) yield { at: row.at('Type'), found: 'a 64-bit script', wanted, cure };
  }
  for (const row of db.rows('RegLocator')) {
    if ((row.number('Type') & LOCATOR_64BIT) !== 0)
      yield { at: row.at('Type'), found: 'a 64-bit search', wanted, cure };
  }
  for (const row of db.rows('Directory')) {
    if (folders64.has(row.text('Directory'))) yield { at: row.at(), found: 'a 64-bit folder', wanted, cure };
  }
}

function* foldersOfOtherBitness(db: DatabaseView): Iterable<Problem> {
  for (const component of db.rows('Component')) {
    const base = db.derived(folders).get(component.text('Directory_'))?.base ?? '';
    const is64Bit = (component.number('Attributes') & componentBits.is64Bit) !== 0;
    if (is64Bit && folders32.has(base)) {
      yield {
        at: component.at('Directory_'),
        found: `32-bit folder ${base}`,
        wanted: 'a 64-bit one',
        cure: `Use ${base.replace('Folder', '64Folder')}.`,
        severity: 'warning',
      };
    } else if (!is64Bit && folders64.has(base)) {
      yield {
        at: component.at('Directory_'),
        found: `64-bit folder ${base} for a 32-bit component`,
        wanted: 'a 32-bit one',
        cure: 'Set Win64="yes".',
      };
    }
  }
}
