/** What dialogs refuse, and what a culture may change of them. The rows themselves are in the golden file. */
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { compileText, mustCompile, product, rows } from './support.ts';

const dialog = (controls: string) => `<UI><Dialog Id="D" Width="9" Height="9">${controls}</Dialog></UI>`;
const control = (attributes: string, content = '') =>
  `<Control Id="C" X="0" Y="0" Width="1" Height="1" ${attributes}>${content}</Control>`;

async function complaints(content: string): Promise<string[]> {
  const { ok, diagnostics } = await compileText(product(content));
  expect(ok).toBe(false);
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replace(/^\S+ error /, ''));
}

describe('dialogs refuse', () => {
  test.each([
    [
      dialog(control('Type="PushButon"')),
      /^WIX2007: Cannot use "PushButon" as Control\/@Type: expected one of .* \(did you mean "PushButton"\?\)$/,
    ],
    [
      dialog(control('Type="PushButton" Password="yes"')),
      'WIX2005: Cannot use attribute "Password" on "Control[Type="PushButton"]": unknown attribute',
    ],
    [
      dialog(control('Type="Edit" IconSize="16"')),
      'WIX2005: Cannot use attribute "IconSize" on "Control[Type="Edit"]": unknown attribute',
    ],
    [
      dialog(control('Type="Text"')),
      'WIX2010: Cannot compile element "Dialog": a control that the Tab key reaches is needed, such as a PushButton or one with TabSkip="no"',
    ],
    [
      dialog(control('Type="PushButton"', '<Publish Event="NewDialog" Value="E">1</Publish>')),
      'WIX4003: Cannot resolve Dialog "E": nothing defines it (did you mean "D"?)',
    ],
    [
      dialog(control('Type="PushButton"', '<Publish Event="EndDialog" Property="P" Value="E" />')),
      'WIX3002: Cannot compile element "Publish": exactly one of "Event" and "Property" is needed',
    ],
    [
      dialog(control('Type="PushButton"', '<Condition Level="1" Action="hide">A</Condition>')),
      'WIX2005: Cannot use attribute "Level" on "Condition": unknown attribute',
    ],
    [
      dialog(control('Type="CheckBox"')),
      'WIX3002: Cannot compile element "Control": a CheckBox needs "Property" or "CheckBoxPropertyRef"',
    ],
    [
      '<UI><ListBox Property="P"><ListItem Value="1" Icon="I" /></ListBox></UI><Binary Id="I" SourceFile="i" />',
      'WIX2005: Cannot use attribute "Icon" on "ListBox/ListItem": unknown attribute',
    ],
    [
      '<InstallUISequence><Show Dialog="D" /></InstallUISequence>',
      'WIX3002: Cannot compile element "Show": one of "Before", "After", "Sequence" and "OnExit" is needed',
    ],
    ['<UIRef Id="None" />', 'WIX4003: Cannot resolve WixUI "None": nothing defines it'],
    ['<Property Id="ErrorDialog" Value="E" />', 'WIX4003: Cannot resolve Dialog "E": nothing defines it'],
  ])('%s', async (content, message) => {
    const [first] = await complaints(content);
    if (typeof message === 'string') expect(first).toBe(message);
    else expect(first).toMatch(message);
  });
});

test('a localization file moves a control, turns it round and changes its text', async () => {
  const localization = {
    file: 'he.wxl',
    text: `<WixLocalization xmlns="http://schemas.microsoft.com/wix/2006/localization">
      <UI Dialog="D" Width="20" RightToLeft="yes">Title</UI>
      <UI Dialog="D" Control="C" X="5" RightAligned="yes">Text</UI></WixLocalization>`,
  };
  const compiled = mustCompile(
    await compileText(product(dialog(control('Type="PushButton" Text="old"'))), { localizations: [localization] }),
  );
  expect(rows(compiled, 'Dialog')[0]).toMatchObject({ HCentering: 50, Width: 20, Title: 'Title', Attributes: 7 | 128 });
  expect(rows(compiled, 'Control')[0]).toMatchObject({ X: 5, Text: 'Text', Attributes: 3 | 64 });
});
