/**
 * A process of its own around `electron-wix-msi`'s MSICreator, started by `wix3-backend.ts` with the path of a WiX source.
 * MSICreator prints to standard output, cannot be stopped, and a program that is not there is an unhandled error event:
 * here none of that reaches the toolchain. Exit code 0 when the MSI lies beside the source, else 1.
 *
 * Usage: node wix3-driver.ts SOURCE [LIGHT-SWITCH…]
 */
import { basename, dirname } from 'node:path';
import { MSICreator } from 'electron-wix-msi';

const [source = '', ...lightSwitches] = process.argv.slice(2);
try {
  await createMsi(source, lightSwitches);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** The names are those of MSICreator's own template, which is not used: the source given here is compiled as it is. */
async function createMsi(wxsFile: string, switches: readonly string[]): Promise<void> {
  const folder = dirname(wxsFile);
  const name = basename(wxsFile);
  const creator = new MSICreator({
    appDirectory: folder,
    outputDirectory: folder,
    exe: name,
    name,
    manufacturer: name,
    description: name,
    version: '0.0.0',
    // MSICreator puts each switch before those it has.
    lightSwitches: switches.toReversed(),
  });
  creator.wxsFile = wxsFile;
  await creator.compile();
}
