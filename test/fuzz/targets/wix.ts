import { readFileSync } from 'node:fs';
import { hasErrors } from '../../../installer/diagnostic.ts';
import { bytesReader } from '../../../installer/formats/byte-source.ts';
import { compile, elementCatalogue, type FileResolver } from '../../../installer/wix/index.ts';
import { mutateText } from '../mutate.ts';
import type { FuzzTarget } from '../targets.ts';

const read = (name: string): string => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

/** Every payload is there; the source includes itself under any name. */
function filesOf(text: string): FileResolver {
  const payload = bytesReader(Buffer.from('payload'));
  return {
    resolvePayload: async (path) => ({ path, ...payload }),
    resolveInclude: async (file) => ({ file, text }),
  };
}

const WORDS = [
  ...['<', '>', '/>', '</', '"', "'", '&', '&lt;', '&#0;', '&#x110000;', '&lol;', '<!--', '-->', '<![CDATA[', ']]>'],
  ...['<!DOCTYPE a [<!ENTITY b "c">]>', '<?xml version="1.1"?>', '<?if 1?>', '<?if not $(var.a) and ("b" ~= c)?>'],
  ...['<?else?>', '<?elseif?>', '<?endif?>', '<?ifdef a?>', '<?define a=$(var.a)b?>', '<?undef a?>', '<?include x?>'],
  ...['<?foreach a in b;c;d?>', '<?endforeach?>', '<?error?>', '<?warning a?>', '$(var.a)', '$(env.A)', '$(sys.X)'],
  ...['$(', '$$(', '!(loc.a)', '!(bind.fileVersion.x)', '!(wix.a)', '((((', '~=', ' and ', '\0', '\ud800', '\ufffe'],
  ...['*', '', 'yes', 'no', '-1', '99999999999', '{00000000-0000-0000-0000-000000000000}', '1.2.3.4', '../..', 'C:\\'],
  ...['xmlns="x"', 'xmlns:a="http://schemas.microsoft.com/wix/UtilExtension"', 'a:b="c"', 'TARGETDIR', '__proto__'],
];

export const wixTarget: FuzzTarget = {
  name: 'wix',
  description: 'WiX sources: preprocessor, XML, schema, compiler',
  async prepare() {
    const seeds = [read('wix/service.wxs'), PREPROCESSOR];
    const elements = [...elementCatalogue.keys()];
    const dictionary = [...WORDS, ...elements, ...elements.map((name) => `<${name} Id="x">`)];
    return (random) => Buffer.from(mutateText(random.pick(seeds), dictionary, random));
  },
  async read(input) {
    const text = Buffer.from(input).toString('utf8');
    const result = await compile([{ file: 'in.wxs', text }], {
      files: filesOf(text),
      variables: new Map(),
      environment: new Map([['HOME', '/home']]),
      architecture: 'x64',
      currentDir: '/',
      sourceDateEpoch: 0,
      application: 'fuzz',
    });
    if (result.ok === hasErrors(result.diagnostics)) throw new Error('the result and its diagnostics do not agree');
    return result.ok;
  },
};

const PREPROCESSOR = `<?xml version="1.0"?>
<?define Name = "P" ?>
<?define Names = "a;b;c" ?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<?if $(var.Name) = "P" and not ($(sys.BUILDARCH) ~= "X86") ?>
<Product Id="*" Name="$(var.Name)" Manufacturer="$(env.HOME)" Version="1.2.3" Language="1033" UpgradeCode="{D4CD70BC-7ABD-4FCD-8E10-C8DB53C73415}">
<Package Compressed="yes" /><Media Id="1" Cabinet="a.cab" EmbedCab="yes" />
<Directory Id="TARGETDIR" Name="SourceDir">
<?foreach N in $(var.Names) ?>
<Component Id="C$(var.N)" Guid="*"><File Id="F$(var.N)" Source="$(var.N).txt" /></Component>
<?endforeach ?>
</Directory>
<Feature Id="F"><?foreach N in $(var.Names) ?><ComponentRef Id="C$(var.N)" /><?endforeach ?></Feature>
</Product>
<?elseif $(var.Name) != "Q" or $(var.Name) >= "R" ?>
<Fragment />
<?else ?>
<?error "no name" ?>
<?endif ?>
<?ifdef Names ?><Fragment><!-- $(var.Name) --><Property Id="A"><![CDATA[$(var.Names)]]></Property></Fragment><?endif ?>
<?undef Names ?>
</Wix>`;
