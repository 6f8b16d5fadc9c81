/** The dialogs that come with the compiler, compiled into a package and held to what Windows Installer wants of dialogs. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { readUiLibrary } from '../../installer/tools/ui-library.ts';
import { formatFinding, validateDatabase } from '../../installer/validate/index.ts';
import { expectLikeMsiinfo } from '../support/msiinfo.ts';
import { requireTool } from '../support/tools.ts';
import { type Compiled, type CompileTextOptions, compileText, msiBytes, mustCompile, rows } from './support.ts';

const LICENCE = '<WixVariable Id="VigilUI_LicenceRtf" Value="licence.rtf" />';
const ACCOUNT =
  '<Property Id="SERVICEACCOUNT" Secure="yes" /><Property Id="SERVICEPASSWORD" Secure="yes" Hidden="yes" />';
const files = { 'licence.rtf': '{\\rtf1 Do as you like.}' };

function source(content: string, codePage = ''): string {
  return `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="*" Name="P" Manufacturer="M" Version="1.0.0" Language="1033" ${codePage} UpgradeCode="{0D3B2D3C-1E5B-4E0F-8F2D-5B1C1C2A7E10}">
<Package Compressed="yes" /><Feature Id="F" Level="1" />${content}</Product></Wix>`;
}

async function minimal(options: CompileTextOptions = {}, codePage = ''): Promise<Compiled> {
  const text = source(`${LICENCE}${ACCOUNT}<UIRef Id="VigilUI_Minimal" />`, codePage);
  return mustCompile(await compileText(text, { files, ...options }));
}

type Row = ReturnType<typeof rows>[number];

function dialogFaults(compiled: Compiled): string[] {
  const controls = Map.groupBy(rows(compiled, 'Control'), (row) => String(row.Dialog_));
  return rows(compiled, 'Dialog').flatMap((dialog) => [
    ...namedControls(dialog, controls.get(String(dialog.Dialog)) ?? []),
    ...ringFaults(dialog, controls.get(String(dialog.Dialog)) ?? []),
  ]);
}

function namedControls(dialog: Row, controls: readonly Row[]): string[] {
  const names = [dialog.Control_First, dialog.Control_Default, dialog.Control_Cancel].filter((name) => name);
  return names
    .filter((name) => !controls.some(({ Control }) => Control === name))
    .map((name) => `${dialog.Dialog} has no ${name}`);
}

/** Whom the Tab key reaches from the first control, and whether it comes back there. */
function ringFaults(dialog: Row, controls: readonly Row[]): string[] {
  const next = new Map(controls.map(({ Control, Control_Next }) => [Control, Control_Next]));
  const reached = new Set<unknown>();
  let at: unknown = dialog.Control_First;
  while (at !== undefined && at !== null && !reached.has(at)) {
    reached.add(at);
    at = next.get(String(at));
  }
  const forgotten = controls.filter(({ Control, Control_Next }) => Control_Next && !reached.has(Control));
  if (at !== dialog.Control_First && controls.filter(({ Control_Next }) => Control_Next).length > 0)
    return [`${dialog.Dialog}: the ring ends at ${String(at)}`];
  return forgotten.map(({ Control }) => `${dialog.Dialog}: the Tab key never reaches ${Control}`);
}

describe('VigilUI_Minimal', () => {
  test('has every entry that a user interface needs, in both sequences', async () => {
    const compiled = await minimal();
    for (const table of ['InstallUISequence', 'AdminUISequence']) {
      const ends = rows(compiled, table).filter(({ Sequence }) => Number(Sequence) < 0);
      expect(ends.map(({ Action, Sequence }) => [Action, Sequence])).toEqual([
        ['VigilUI_FatalErrorDlg', -3],
        ['VigilUI_UserExitDlg', -2],
        ['VigilUI_ExitDlg', -1],
      ]);
    }
    const shown = rows(compiled, 'InstallUISequence').filter(({ Action }) => String(Action).endsWith('Dlg'));
    expect(shown.map(({ Action }) => Action).slice(3)).toEqual([
      'VigilUI_PrepareDlg',
      'VigilUI_MaintenanceDlg',
      'VigilUI_WelcomeDlg',
      'VigilUI_ProgressDlg',
    ]);
  });

  test('has an error dialog with every answer, and a list of programs that are in the way', async () => {
    const compiled = await minimal();
    expect(rows(compiled, 'Property')).toContainEqual({ Property: 'ErrorDialog', Value: 'VigilUI_ErrorDlg' });
    const answers = rows(compiled, 'ControlEvent').filter(({ Dialog_ }) => Dialog_ === 'VigilUI_ErrorDlg');
    expect(answers.map(({ Argument }) => Argument).toSorted()).toEqual(
      ['Abort', 'Cancel', 'Ignore', 'No', 'Ok', 'Retry', 'Yes'].map((answer) => `Error${answer}`),
    );
    const lists = rows(compiled, 'Control').filter(({ Property }) => Property === 'FileInUseProcess');
    expect(lists.map(({ Dialog_ }) => Dialog_)).toEqual(['FilesInUse', 'MsiRMFilesInUse']);
    expect(compiled.database.tables.some(({ name }) => name === 'ListBox')).toBe(true);
  });

  test('lets the Tab key go round in every dialog', async () => {
    expect(dialogFaults(await minimal())).toEqual([]);
  });

  test('uses only styles that exist, and gives every choice a default', async () => {
    const compiled = await minimal();
    const styles = rows(compiled, 'TextStyle').map(({ TextStyle }) => TextStyle);
    const used = rows(compiled, 'Control').flatMap(({ Text }) => /^\{\\(\w+)\}/.exec(String(Text))?.[1] ?? []);
    expect(new Set([...used, 'VigilUI_Body'])).toEqual(new Set(styles));
    const properties = new Map(rows(compiled, 'Property').map(({ Property, Value }) => [Property, Value]));
    expect(properties.get('DefaultUIFont')).toBe('VigilUI_Body');
    for (const { Property, Value } of rows(compiled, 'RadioButton').filter(({ Order }) => Order === 1))
      expect(properties.get(Property ?? '')).toBe(Value);
  });

  test('asks for account and password, both empty unless another account is chosen', async () => {
    const events = rows(await minimal(), 'ControlEvent').filter(
      ({ Dialog_, Control_ }) => Dialog_ === 'VigilUI_AccountDlg' && Control_ === 'Next',
    );
    expect(events.map(({ Event, Argument, Condition }) => [Event, Argument, Condition])).toEqual([
      ['[SERVICEACCOUNT]', '{}', 'VIGILUI_ACCOUNT <> "other"'],
      ['[SERVICEPASSWORD]', '{}', 'VIGILUI_ACCOUNT <> "other"'],
      ['EndDialog', 'Return', 'OutOfDiskSpace <> 1'],
      ['SpawnDialog', 'VigilUI_OutOfDiskDlg', 'OutOfDiskSpace = 1'],
    ]);
  });

  test('becomes an MSI in English and in Chinese', async () => {
    const english = await minimal();
    const chinese = await minimal({ cultures: ['zh-CN', 'en-US'] });
    expect([english.database.codePage, chinese.database.codePage]).toEqual([0, 936]);
    await msiBytes(english);
    await msiBytes(chinese);
    expect(validateDatabase(chinese.database).map(formatFinding)).toEqual([]);
    const labels = (compiled: Compiled) =>
      rows(compiled, 'Control')
        .filter(({ Control, Dialog_ }) => Control === 'Next' && Dialog_ === 'VigilUI_WelcomeDlg')
        .map(({ Text }) => Text);
    expect([labels(english), labels(chinese)]).toEqual([['&Next'], ['下一步(&N)']]);
  });

  test('keeps the code page of the product, and takes strings of the user', async () => {
    const localization = {
      file: 'own.wxl',
      text: '<WixLocalization xmlns="http://schemas.microsoft.com/wix/2006/localization" Culture="zh-cn"><String Id="VigilUI_Finish">好</String></WixLocalization>',
    };
    const compiled = await minimal({ cultures: ['zh-cn'], localizations: [localization] }, 'Codepage="65001"');
    expect(compiled.database.codePage).toBe(65001);
    expect(rows(compiled, 'Control').find(({ Control }) => Control === 'Finish')?.Text).toBe('好');
  });

  test('speaks English where it does not know the language', async () => {
    const compiled = await minimal({ cultures: ['de-de'] });
    expect(rows(compiled, 'UIText')).toContainEqual({ Key: 'bytes', Text: 'bytes' });
  });
});

test('the languages of the library have the same strings, and every one is used', async () => {
  const library = await readUiLibrary('VigilUI_Minimal');
  const ids = (text: string) =>
    [...text.matchAll(/<String Id="(\w+)" Overridable="yes">/g)].map(([, id]) => id).toSorted();
  const used = library?.sources.flatMap(({ text }) => [...text.matchAll(/!\(loc\.(\w+)\)/g)].map(([, id]) => id));
  const languages = library?.localizations.map(({ text }) => ids(text)) ?? [];
  expect(languages).toHaveLength(2);
  for (const language of languages) expect(language).toEqual([...new Set(used)].toSorted());
});

describe.runIf(requireTool('msiinfo'))('msiinfo', () => {
  test('reads the Chinese dialogs as they were written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigil-ui-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const compiled = await minimal({ cultures: ['zh-cn'] });
    await writeFile(join(folder, 'ui.msi'), await msiBytes(compiled));
    expectLikeMsiinfo('ui.msi', { ...compiled.database, streams: new Map() }, folder);
  });
});

test('VigilUI_Basic goes from the licence to the installation, without an account', async () => {
  const compiled = mustCompile(await compileText(source(`${LICENCE}<UIRef Id="VigilUI_Basic" />`), { files }));
  await msiBytes(compiled);
  expect(rows(compiled, 'Dialog').map(({ Dialog }) => Dialog)).not.toContain('VigilUI_AccountDlg');
  expect(dialogFaults(compiled)).toEqual([]);
});

describe('the library of dialogs says what is missing', () => {
  test.each([
    [ACCOUNT, 'VigilUI_Minimal', 'Cannot resolve "!(wix.VigilUI_LicenceRtf)"'],
    [LICENCE, 'VigilUI_Minimal', 'Cannot resolve Property "SERVICEACCOUNT": nothing defines it'],
    [
      LICENCE + ACCOUNT,
      'VigilUI_Minimum',
      'Cannot resolve WixUI "VigilUI_Minimum": nothing defines it (did you mean "VigilUI_Minimal"?)',
    ],
  ])('%#', async (content, ui, message) => {
    const result = await compileText(source(`${content}<UIRef Id="${ui}" />`), { files });
    expect(result.diagnostics.map(formatDiagnostic).join('\n')).toContain(message);
  });
});
