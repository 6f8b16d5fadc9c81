import { NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';
import { bytesReader } from '../../../installer/formats/byte-source.ts';
import { readFileVersion } from '../../../installer/formats/pe/read-file-version.ts';
import { mutateBytes } from '../mutate.ts';
import type { FuzzTarget } from '../targets.ts';

export const peTarget: FuzzTarget = {
  name: 'pe',
  description: 'version resources of executables',
  async prepare() {
    const seeds = [executable([1033]), executable([1033, 0, 2052])];
    return (random) => mutateBytes(random.pick(seeds), random);
  },
  async read(input) {
    return (await readFileVersion(bytesReader(input))) !== undefined;
  },
};

function executable(languages: readonly number[]): Uint8Array {
  const exe = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(exe);
  const info = Resource.VersionInfo.createEmpty();
  info.lang = languages[0] ?? 0;
  for (const lang of languages) info.setStringValues({ lang, codepage: 1200 }, { ProductName: 'Sample' });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  return new Uint8Array(exe.generate());
}
