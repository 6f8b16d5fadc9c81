/** `docs/msi-properties.md`: the table of public properties as a page. The texts of the default product are its examples. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productSchema } from '../../installer/product/schema.ts';
import { describeAllowed, type Setting, settingsOf } from '../../installer/product/settings.ts';
import { projectRoot } from './project.ts';

export function msiPropertiesPage(): string {
  const text = readFileSync(join(projectRoot, 'installer', 'product.json'), 'utf8');
  const settings = settingsOf(productSchema.parse(JSON.parse(text)));
  const head = ['Property', 'What it is for', 'Values', 'Default', 'Remembered', 'Secret'];
  const rows = [head, head.map(() => '---'), ...settings.map(row)].map((cells) => `| ${cells.join(' | ')} |`);
  return `${INTRODUCTION}\n\n${rows.join('\n')}\n\n${REST}\n`;
}

function row(setting: Setting): string[] {
  const { property, description, allowed, defaultValue, defaultNote, remembered, secret } = setting;
  const usual = defaultValue ?? defaultNote;
  return [
    code(property),
    description,
    describeAllowed(allowed),
    usual === undefined ? '–' : code(usual),
    remembered ? 'yes' : 'no',
    secret ? 'yes' : 'no',
  ];
}

const code = (text: string): string => `\`${text}\``;

const INTRODUCTION = `# MSI properties

<!-- Made from installer/product/settings.ts; renew with "npm run check -- --write". -->

What an administrator can set, on the command line or in a transform. Every property is optional: without any the service
is installed and runs. A product file adds properties of its own (\`settings\`); they come after these in every respect.

\`\`\`bat
msiexec /i Vigil-1.2.3-x64.msi /qn STARTTYPE=delayed PROFILE=test
msiexec /i Vigil-1.2.3-x64.msi /qn SERVICEACCOUNT="CORP\\svc-vigil" SERVICEPASSWORD="..."
msiexec /x Vigil-1.2.3-x64.msi /qn REMOVEDATA=1
\`\`\``;

const REST = `## Which value counts

1. The one that is given.
2. For \`SERVICEACCOUNT\` and \`STARTTYPE\`: what the installed service has, so that a change in the Services console survives
   upgrades and repairs.
3. The one that was given last, when the property is remembered. It is kept below \`HKLM\\SOFTWARE\\<manufacturer>\\<name>\`:
   folders as \`InstallDir\` and \`DataDir\`, the others in \`Settings\` under their own names. The program
   reads \`DataDir\` there; \`PROFILE\` and a product's own settings are kept there for the configuration, which this version
   does not read yet.
4. The default.

An empty value (\`PROFILE=\`) counts as not given. A value in a transform counts as given. \`msiexec /f\` takes no properties from
the command line; to change one, run \`msiexec /i\` again with the same package: it repairs the product (\`REINSTALL=ALL\`,
\`REINSTALLMODE=amus\`) and takes the new values on.

A wrong value ends the run before anything is changed, with exit code 1603 and a message that says what is allowed; in a
silent run the message is in the log (\`/l*v file\`). An uninstallation is never refused. Letters count as written: \`auto\`, not
\`Auto\`. Names of accounts do not.

## Accounts

| Kind | SERVICEACCOUNT | Password |
| --- | --- | --- |
| Local System | \`LocalSystem\` | none |
| Local Service, Network Service | \`NT AUTHORITY\\LocalService\`, \`NT AUTHORITY\\NetworkService\`: these names on Windows of every language | none |
| Virtual | \`NT SERVICE\\\` and the name of the service | none |
| Group managed | \`DOMAIN\\name$\` | none |
| User | \`DOMAIN\\user\` or \`.\\user\` | \`SERVICEPASSWORD\` |

A managed account and a user need the right to log on as a service: Windows Installer does not give it. A password is
never stored by this package. It is asked for when the service is new or gets another account; an upgrade or a repair leaves
the registration of such a service alone, password included. A password for an account that has none is refused.

Recovery actions end with "none" for a user: a password that became wrong would otherwise lock the account.

## Start types

\`auto\` and \`delayed\` start the service at the end of the run, unless \`NOSTART=1\`. \`demand\` and \`disabled\` do not.

The table of Windows Installer takes the start type as a number that no property can change. So the package registers the
service with the start type of its product file, and writes a different one into the service's registry key in the same
transaction. Windows goes by that at its next start. Until then \`sc qc\` shows the registered type; \`sc config\` with
\`start=\` makes the change known at once. A transform that changes \`ServiceInstall.StartType\` together with \`STARTTYPE\` has
no such gap. When the installed service has the wanted type already, its registration is left alone, and there is no gap.

A service with a user account that was disabled and is given \`STARTTYPE=auto\` starts with Windows, not in the same run.

## Recovery

What \`sc failure\` shows comes from the product file. The package remembers what it wrote: when the service has something else
by then, an administrator chose it, and it stays. To return to the product's own, delete the value \`FailureActions\` in the key of
the service and run \`msiexec /i\` again.

## Folders

Both folders need a full path on a local drive, but not the drive itself; the program must not lie in the data folder, where
the service could replace it. Both are full paths with a backslash at the end once they are stored.

- \`DATADIR\` belongs to SYSTEM and is open to SYSTEM, Administrators and the service only. It stays when the product is removed.
- \`REMOVEDATA=1\` removes \`*.y*\` in it, all files in the folders that the product file names (\`logs\` and \`state\`), and every one
  of these folders that is empty then. What somebody else put there stays.
- An \`INSTALLDIR\` outside Program Files is locked as Program Files is: others read, nobody but administrators writes. Give it a
  folder of its own.
- The live configuration is put into \`DATADIR\` once and then belongs to the administrator: nothing repairs, replaces or removes
  it. \`config.example.yaml\` beside the program is that of the installed version.

A folder of that name that somebody made before, with files of theirs or as a link to another place, is nothing that tables can
tell from a good one: the service looks at its data folder when it starts.

## Runs

| Run | Service | Registry values and recovery | Data folder |
| --- | --- | --- | --- |
| new installation | registered, started | written | made, configuration put in |
| same package again, repair | registered again, unless that would lose a password or start type; started | written; recovery unless an administrator changed it | stays |
| upgrade | stopped, not deleted; as above | as above | stays |
| downgrade | refused, nothing changes | – | – |
| failed upgrade | the old version is back and runs | as before | stays |
| uninstallation | stopped, deleted | removed | stays, or goes with \`REMOVEDATA=1\` |`;
