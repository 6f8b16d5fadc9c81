import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../installer/diagnostic.ts';
import { compileText, component, type Files, product } from './support.ts';

async function complaints(text: string, files: Files = {}): Promise<string[]> {
  const result = await compileText(text, { files });
  expect(result.ok).toBe(false);
  return result.diagnostics.map(formatDiagnostic);
}

describe('preprocessor diagnostics', () => {
  test.each([
    [
      '$(var.Versoin)',
      'in.wxs:4:27: error WIX1001: Cannot expand "$(var.Versoin)": no such variable is defined (did you mean "var.Version"?)',
    ],
    ['$(env.NOPE)', 'in.wxs:4:27: error WIX1001: Cannot expand "$(env.NOPE)": no such variable is defined'],
    [
      '$(fun.Auto(1))',
      'in.wxs:4:27: error WIX1002: Cannot expand "$(fun.Auto(1))": the only function is "fun.AutoVersion(1.2)"',
    ],
  ])('name the reference %s and its attribute', async (value, message) => {
    expect(await complaints(product(`<?define Version=1?><Icon Id='${value}' />`))).toEqual([message]);
  });

  test.each([
    [
      '<?include none.wxi?>',
      'WIX1003: Cannot include "none.wxi": no such file beside the including file or in the include paths, add its folder with -I',
    ],
    ['<?define 1a = x?>', 'WIX1004: Cannot read "<?define?>": expected "NAME" or "NAME = value"'],
    ['<?foreach x of a?><?endforeach?>', 'WIX1004: Cannot read "<?foreach?>": expected "NAME in a;b;c"'],
    ['<?if 1 = 1?>', 'WIX1005: Cannot match "<?if?>": its end is missing'],
    ['<?endif?>', 'WIX1005: Cannot match "<?endif?>": no "<?if?>" is open here'],
    ['<?if 1 = 1?><?else?><?else?><?endif?>', 'WIX1005: Cannot match "<?else?>": "<?else?>" follows "<?else?>"'],
    ['<?error "Stop here"?>', 'WIX1006: Stop here'],
    ['<?if a < b?><?endif?>', 'WIX1008: Cannot evaluate "a < b": "a" was found, "<" compares integers'],
    [
      '<?include self.wxi?>',
      'WIX1009: Cannot include "self.wxi": it is already being included, directly or through others',
    ],
    [
      '<Property Id="A" Value="!(loc.Text)" />',
      'WIX1015: Cannot localize "!(loc.Text)": no localization file of the chosen cultures has it',
    ],
    ['<?inclued x?>', 'WIX1010: Cannot process "<?inclued?>": unknown directive (did you mean "include"?)'],
  ])('explain %s', async (directive, message) => {
    const files = {
      'self.wxi': '<Include xmlns="http://schemas.microsoft.com/wix/2006/wi"><?include self.wxi?></Include>',
    };
    const found = await complaints(product(directive), files);
    expect(found.map((line) => line.replace(/^\S+ error /, ''))).toEqual([message]);
  });

  test('keep the position within an included file', async () => {
    const files = {
      'part.wxi': '<Include xmlns="http://schemas.microsoft.com/wix/2006/wi">\n\n  <Icon Id="i" />\n</Include>',
    };
    expect(await complaints(product('<?include part.wxi?>'), files)).toEqual([
      'part.wxi:3:3: error WIX2006: Cannot compile element "Icon": attribute "SourceFile" is missing',
    ]);
  });

  test('are warnings for <?warning?>, and the compile goes on', async () => {
    const result = await compileText(product('<?warning "Old"?>'));
    expect(result.ok).toBe(true);
    expect(result.diagnostics.map(formatDiagnostic)).toEqual(['in.wxs:4:1: warning WIX1007: Old']);
  });
});

describe('schema diagnostics', () => {
  test.each([
    ['<Icon Id="i" SourceFile="x"', /^in\.wxs:5:1: error WIX2001: Cannot parse the XML: /],
    ['<Servce />', 'in.wxs:4:1: error WIX2003: Cannot compile element "Servce": unknown element'],
    [
      '<Propertie Id="A" />',
      'in.wxs:4:1: error WIX2003: Cannot compile element "Propertie": unknown element (did you mean "Property"?)',
    ],
    [
      '<File Source="x" />',
      'in.wxs:4:1: error WIX2004: Cannot place element "File" in "Product": it belongs in Component',
    ],
    [
      '<Property Id="A" Vallue="1" />',
      'in.wxs:4:18: error WIX2005: Cannot use attribute "Vallue" on "Property": unknown attribute (did you mean "Value"?)',
    ],
    ['<Icon Id="i" />', 'in.wxs:4:1: error WIX2006: Cannot compile element "Icon": attribute "SourceFile" is missing'],
    [
      '<Property Id="A" Secure="maybe" />',
      'in.wxs:4:18: error WIX2007: Cannot use "maybe" as Property/@Secure: expected yes or no',
    ],
    [
      '<CustomAction Id="a" Return="chek" />',
      'in.wxs:4:22: error WIX2007: Cannot use "chek" as CustomAction/@Return: expected one of asyncNoWait, asyncWait, check, ignore (did you mean "check"?)',
    ],
    [
      '<PropertyRef Id="A">x</PropertyRef>',
      'in.wxs:4:1: error WIX2008: Cannot use text "x" in "PropertyRef": the element takes no text',
    ],
    [
      '<u:EventSource xmlns:u="urn:u" />',
      'in.wxs:4:1: error WIX2009: Cannot compile "EventSource" of namespace "urn:u": it is neither the namespace of WiX nor one of its extensions',
    ],
    [
      '<Property Id="constructor" toString="1" />',
      'in.wxs:4:28: error WIX2005: Cannot use attribute "toString" on "Property": unknown attribute',
    ],
  ])('explain %s', async (content, message) => {
    const [first, ...others] = await complaints(product(content));
    if (typeof message === 'string') expect(first).toBe(message);
    else expect(first).toMatch(message);
    expect(others).toEqual([]);
  });

  test.each([
    [
      '<Merge Id="m" SourceFile="m.msm" Language="1033" />',
      'WIX2011: Cannot compile element "Merge": merge modules cannot be read or made here, install their files with components of your own',
    ],
    [
      '<InstanceTransforms Property="I" />',
      'WIX2011: Cannot compile element "InstanceTransforms": transforms inside the MSI are not written, make them with "msi transform make"',
    ],
    [
      '<PatchFamily Id="f" />',
      'WIX2011: Cannot compile element "PatchFamily": patches are not made here, deliver a new version with MajorUpgrade instead',
    ],
    [
      '<fire:FirewallException xmlns:fire="http://schemas.microsoft.com/wix/FirewallExtension" Id="x" />',
      'WIX2009: Cannot compile "fire:FirewallException" of namespace "http://schemas.microsoft.com/wix/FirewallExtension": it works through a DLL of custom actions, which this compiler does not bring; open the port in the program, at its first start, or by policy',
    ],
  ])('refuse what is known and not supported: %s', async (content, message) => {
    expect((await complaints(product(content))).map((line) => line.replace(/^\S+ error /, ''))).toEqual([message]);
  });

  test('refuse a document of another language', async () => {
    expect(await complaints('<Wix xmlns="http://wixtoolset.org/schemas/v4/wxs" />')).toEqual([
      'in.wxs:1:1: error WIX2002: Cannot read the document element "Wix": namespace "http://wixtoolset.org/schemas/v4/wxs" was found, expected "http://schemas.microsoft.com/wix/2006/wi"',
    ]);
  });

  test('refuse a document type, which could define entities', async () => {
    const found = await complaints('<!DOCTYPE Wix [<!ENTITY a "b">]>\n<Wix />');
    expect(found[0]).toContain('WIX2001: Cannot parse the XML: a document type was found, none is allowed');
  });

  test('count columns in UTF-16 units and lines by any line end', async () => {
    const found = await complaints(
      `<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">\r\n<!-- \u{1F600} --><Nope />\r\n</Wix>`,
    );
    expect(found).toEqual(['in.wxs:2:12: error WIX2003: Cannot compile element "Nope": unknown element']);
  });

  test('are all given at once', async () => {
    const found = await complaints(product('<Nope />\n<Property Id="A" Nope="1" />\n<Property />'));
    expect(found.map((line) => line.split(':').slice(0, 3).join(':'))).toEqual([
      'in.wxs:4:1',
      'in.wxs:5:18',
      'in.wxs:6:1',
    ]);
  });
});

describe('lowering diagnostics', () => {
  test.each([
    [
      product('<CustomAction Id="a" BinaryKey="b" FileKey="f" ExeCommand="x" />'),
      'WIX3001: Cannot combine "BinaryKey" and "FileKey" on "CustomAction": only one may be given',
    ],
    [
      product('<CustomAction Id="a" BinaryKey="b" />'),
      'WIX3002: Cannot compile element "CustomAction": one of "DllEntry", "ExeCommand", "Value", "JScriptCall", "VBScriptCall" is needed',
    ],
    [
      product('<Condition>1</Condition>'),
      'WIX3002: Cannot compile element "Condition": a launch condition needs a "Message"',
    ],
    [
      product('<MajorUpgrade />'),
      'WIX3002: Cannot compile element "MajorUpgrade": "DowngradeErrorMessage" is needed while "AllowDowngrades" is no',
    ],
    [
      product('<CustomAction Id="InstallFiles" Property="A" Value="1" />'),
      'WIX3004: Cannot derive an identifier from "InstallFiles": it is the name of a standard action',
    ],
    [
      component('<File Source="a:b" />'),
      'WIX3005: Cannot use file name "a:b": a file name without \\ / : * ? " < > | was expected',
    ],
    [
      component('<RegistryValue Key="k" Value="v" />'),
      'WIX3002: Cannot compile element "RegistryValue": "Root" is needed outside of a RegistryKey',
    ],
    [
      component('<RegistryValue Root="HKLM" Key="k" Type="integer" Value="x" />'),
      'WIX2007: Cannot use "x" as RegistryValue[Type="integer"]/@Value: expected a decimal integer or a formatted text',
    ],
    [
      component('<File Id="a" Source="a" KeyPath="yes" /><File Id="b" Source="b" KeyPath="yes" />'),
      'WIX3003: Cannot set the key path of component "C": it has one already, only one is allowed',
    ],
    [
      product('<Property Id="Lower" Secure="yes" />'),
      'WIX3006: Cannot compile element "Property": only a public property can be secure, "Lower" has lower-case letters',
    ],
    [
      component('<ServiceConfig OnInstall="yes" ServiceName="s" />'),
      'WIX3002: Cannot compile element "ServiceConfig": it configures nothing, give it a setting such as "DelayedAutoStart"',
    ],
  ])('explain what is wrong (%#)', async (text, message) => {
    const found = await complaints(text);
    expect(found.map((line) => line.replace(/^\S+ error /, ''))).toEqual([message]);
  });
});

describe('link diagnostics', () => {
  test('say that there is no product', async () => {
    expect(await complaints('<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment /></Wix>')).toEqual([
      'error WIX4001: Cannot link the sources: none has a Product element, exactly one is needed',
    ]);
  });

  test.each([
    [
      '<PropertyRef Id="WIX_UPGRADE" /><Property Id="WIX_UPGRADES" />',
      'in.wxs:4:14: error WIX4003: Cannot resolve Property "WIX_UPGRADE": nothing defines it (did you mean "WIX_UPGRADES"?)',
    ],
    [
      '<Property Id="A" /><Property Id="A" />',
      'in.wxs:4:20: error WIX4004: Cannot define Property "A": it is defined already at in.wxs:4:1',
    ],
    [
      '<Directory Id="TARGETDIR" Name="SourceDir"><Component Id="C" Guid="" /></Directory>',
      'in.wxs:4:44: error WIX4005: Cannot install component "C": no feature contains it, add a ComponentRef to a Feature',
    ],
  ])('explain %s', async (content, message) => {
    expect(await complaints(product(content))).toEqual([message]);
  });

  test('name a group that contains itself', async () => {
    const found = await complaints(
      product(
        '<Feature Id="F"><ComponentGroupRef Id="G" /></Feature><ComponentGroup Id="G"><ComponentGroupRef Id="G" /><Component Id="C" Guid="" Directory="TARGETDIR" /></ComponentGroup><Directory Id="TARGETDIR" Name="SourceDir" />',
      ),
    );
    expect(found.map((line) => line.replace(/^\S+ error /, ''))).toEqual([
      'WIX4006: Cannot link group "G": it contains itself',
    ]);
  });
});

describe('bind diagnostics', () => {
  test.each([
    [
      'EmbedCab="yes" />',
      'EmbedCab="yes" /><Media Id="2" Cabinet="A.cab" />',
      'WIX5014: Cannot write cabinet "A.cab": another Media has the same one, each needs its own',
    ],
    [
      'Cabinet="a.cab" EmbedCab="yes" />',
      '/>',
      'WIX5013: Cannot compress file "a.txt": Media 1 has no "Cabinet" to put it in',
    ],
    ['Media Id="1"', 'Media Id="2"', 'WIX5006: Cannot place file "a.txt" on disk 1: no Media element has that Id'],
  ])('of media (%#)', async (found, replacement, message) => {
    const text = component('<File Source="a.txt" />').replace(found, replacement);
    expect((await complaints(text, { 'a.txt': 'a' })).map((line) => line.replace(/^\S+ error /, ''))).toEqual([
      message,
    ]);
  });

  test.each([
    [
      component('<File Source="none.txt" />'),
      'in.wxs:7:7: error WIX5001: Cannot read "none.txt": no such file in the bind paths, add its folder with -b',
    ],
    [component('<File Source="a.txt" DiskId="1" /><Environment Id="E" Name="A" />', ''), undefined],
    [
      component('', 'Guid="*"'),
      'in.wxs:6:1: error WIX5007: Cannot generate a GUID for component "C": its key path is a folder, write the GUID out',
    ],
    [
      product(
        '<InstallExecuteSequence><Custom Action="A" After="InstallFlies">1</Custom></InstallExecuteSequence><CustomAction Id="A" Error="x" />',
      ),
      'in.wxs:4:25: error WIX5012: Cannot schedule action "A" in InstallExecuteSequence: "InstallFlies" is not an action of that table (did you mean "InstallFiles"?)',
    ],
    [
      product(
        '<InstallExecuteSequence><Custom Action="A" After="B" /><Custom Action="B" After="A" /></InstallExecuteSequence><CustomAction Id="A" Error="x" /><CustomAction Id="B" Error="x" />',
      ),
      'in.wxs:4:25: error WIX5008: Cannot schedule action "A" in InstallExecuteSequence: its Before and After references form a circle',
    ],
    [
      product('<Property Id="A" Value="\u4E2D" />'),
      'in.wxs:2:1: error WIX5010: Cannot store Property.Value of "A": it has characters outside code page 0, set Product/@Codepage to one that holds them, such as 65001',
    ],
  ])('explain what is wrong (%#)', async (text, message) => {
    const result = await compileText(text, { files: { 'a.txt': 'a' } });
    expect(result.ok).toBe(message === undefined);
    if (message !== undefined) expect(result.diagnostics.map(formatDiagnostic)[0]).toBe(message);
  });
});
