/**
 * The product file (`installer/product.json`, or the one given with `--product`): what one MSI installs.
 * This schema is the single source: it validates the file, it types it, and `installer/product.schema.json` for editors
 * is generated from it (`npm run check` fails when that file is stale).
 */
import { z } from 'zod';
import { rules } from '../validate/index.ts';
import { setting } from './setting-schema.ts';

const guid = z
  .string()
  .regex(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/, 'expected an upper-case GUID in braces, such as {…}')
  .describe('An upper-case GUID in braces.');

/** Windows Installer compares three fields only: a and b up to 255, c up to 65535 (ProductVersion property). */
const productVersion = z
  .string()
  .regex(/^\d{1,3}\.\d{1,3}\.\d{1,5}$/, 'expected three numbers such as 1.2.3')
  .refine(isInstallerVersion, 'expected at most 255.255.65535, the most that Windows Installer compares')
  .describe('Three numbers, at most 255.255.65535. Default: the version of the nearest package.json.');

const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });

/** A name that is safe as folder name, file name and registry key. */
const folderName = z
  .string()
  .min(1, 'expected a name, found an empty string')
  .max(60, 'expected at most 60 characters')
  .regex(/^[^\\/:*?"<>|[\]{}\p{Cc}]+$/u, 'expected a name without any of \\ / : * ? " < > | [ ] { }')
  .refine((name) => !/^[. ]|[. ]$/.test(name), 'expected a name that neither starts nor ends with a dot or a space');

const serviceName = z
  .string()
  .min(1, 'expected a name, found an empty string')
  .max(256, 'expected at most 256 characters')
  .regex(/^[A-Za-z0-9_.-]+$/, 'expected letters, digits, dot, hyphen and underscore only');

const account = z
  .string()
  .regex(
    /^(LocalSystem|NT AUTHORITY\\(LocalService|NetworkService)|NT SERVICE\\[^\\]+|[^\\\s][^\\]*\\[^\\]+)$/,
    'expected LocalSystem, NT AUTHORITY\\LocalService, NT AUTHORITY\\NetworkService, NT SERVICE\\<service>, DOMAIN\\user or .\\user',
  )
  .describe('The account the service runs as. The English names hold on Windows of every language.');

const recoveryAction = z.strictObject({
  action: z.enum(['restart', 'reboot', 'none']).describe('What the SCM does.'),
  delaySeconds: z.int().min(0).max(86_400).default(0).describe('How long it waits before.'),
});

const recovery = z.strictObject({
  resetPeriodSeconds: z
    .int()
    .min(60, 'expected 60 or more: a shorter period resets the count before the actions are used up')
    .max(31_536_000)
    .default(900)
    .describe('After this long without a failure the count of failures starts again.'),
  actions: z
    .array(recoveryAction)
    .min(1)
    .max(10)
    .default([
      { action: 'restart', delaySeconds: 120 },
      { action: 'restart', delaySeconds: 300 },
      { action: 'none', delaySeconds: 0 },
    ])
    .describe('What happens at the first, second, … failure; the last one repeats.'),
  onNonCrashFailures: z
    .boolean()
    .default(true)
    .describe('Whether a service that stops with an error code counts as failed, not only one that crashes.'),
});

const service = z.strictObject({
  name: serviceName.describe('Name of the service for `sc` and `net`.'),
  displayName: z.string().min(1).max(256).describe('Name in the Services console.'),
  description: z.string().min(1).max(1024).describe('Text in the Services console.'),
  arguments: z
    .array(z.string().regex(/^[^"\p{Cc}]*$/u, 'expected an argument without quotes or control characters'))
    .default([])
    .describe('Further arguments after the verb `service`.'),
  account: account.default('NT AUTHORITY\\LocalService'),
  startType: z.enum(['auto', 'delayed', 'demand', 'disabled']).default('auto').describe('When Windows starts it.'),
  dependencies: z
    .array(z.string().min(1).max(256))
    .default([])
    .describe('Services that must run first; +name for a group.'),
  recovery: recovery.prefault({}).describe('What the SCM does when the service fails.'),
  requiredPrivileges: z
    .array(z.string().regex(/^Se[A-Za-z]+Privilege$/, 'expected a name such as SeChangeNotifyPrivilege'))
    .default(['SeChangeNotifyPrivilege'])
    .describe('The privileges that the process keeps of those its account has; [] leaves them all.'),
  preshutdownSeconds: z
    .int()
    .min(5)
    .max(1_800)
    .default(60)
    .describe('How long Windows waits for the service to stop before it shuts down.'),
});

const file = z.strictObject({
  source: z.string().min(1).describe('Path relative to the product file.'),
  as: z
    .string()
    .regex(
      /^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\:*?"<>|[\]{}\p{Cc}]+$/u,
      'expected a relative path with / and without . or ..',
    )
    .optional()
    .describe('Where it is installed below the install folder. Default: the name of the source.'),
});

const worker = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and hyphens, starting with a letter'),
  kind: z.literal('bundled').default('bundled').describe('Compiled into the executable.'),
  entry: z
    .string()
    .regex(/\.(ts|mts|cts|js|mjs|cjs)$/, 'expected a TypeScript or JavaScript file (.ts .mts .cts .js .mjs .cjs)')
    .describe('Entry file, relative to the product file.'),
});

/** A folder name that is no pattern; what lies deeper is not removed by a table row. */
const dataFolder = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, hyphen and underscore');

const ruleNumbers: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

const validation = z.strictObject({
  suppress: z
    .array(
      z
        .string()
        .refine((id) => ruleNumbers.has(id), 'expected the number of a rule, such as ICE61; see docs/validation.md'),
    )
    .default([])
    .describe('Numbers of rules that the package is not held to; say why where you keep such things.'),
});

export const productSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Path of the JSON Schema, for editors.'),
    name: folderName.describe('Name in Apps & features; also the folder below Program Files and ProgramData.'),
    manufacturer: folderName.describe('Who publishes it; also part of its registry key.'),
    version: productVersion.optional(),
    upgradeCode: guid.describe('Identifies the product over all its versions. Make one, then never change it.'),
    description: z.string().min(1).max(255).describe('One sentence about the product.'),
    language: z.int().min(0).max(65_535).default(1033).describe('Windows language id of the MSI.'),
    executable: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'expected letters, digits, hyphen and underscore')
      .describe('Name of the executable, without .exe.'),
    links: z
      .strictObject({
        about: httpUrl.optional(),
        help: httpUrl.optional(),
        updates: httpUrl.optional(),
      })
      .default({})
      .describe('Addresses shown in Apps & features.'),
    contact: z.string().min(1).max(255).optional().describe('Whom to ask; shown in Apps & features.'),
    icon: z
      .string()
      .regex(/\.ico$/i, 'expected an .ico file')
      .optional()
      .describe('Icon file, relative to the product file.'),
    service,
    runtime: z.strictObject({
      node: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, 'expected an exact version such as 24.21.0')
        .describe('Exact Node.js version inside the executable; it must be the one that runs this toolchain.'),
      architecture: z.enum(['x64', 'arm64']).default('x64').describe('What --arch overrides.'),
    }),
    files: z.array(file).default([]).describe('Further files to install beside the executable.'),
    configuration: z
      .string()
      .regex(/\.ya?ml$/i, 'expected a YAML file')
      .optional()
      .describe(
        'Example configuration. Installed as config.example.yaml with every version; the data folder gets it once, as <executable>.yaml.',
      ),
    dataFolders: z
      .array(dataFolder)
      .default(['logs', 'state'])
      .describe('Folders that the product makes in its data folder: what REMOVEDATA=1 removes.'),
    settings: z
      .array(setting)
      .max(64)
      .superRefine(reportRepeated)
      .default([])
      .describe('Further public MSI properties; kept below the registry key of the product, in Settings.'),
    validation: validation.prefault({}).describe('How the MSI is checked before it is shipped.'),
    workers: z.array(worker).default([]).describe('Programs that the service guards.'),
  })
  .meta({ title: 'Vigil product file', description: 'What one MSI installs.' });

/** A product file as written, after defaults. */
export type ProductFile = z.output<typeof productSchema>;

/** The published JSON Schema (draft 2020-12) of the product file as a user writes it: defaults are optional. */
export function productJsonSchema(): object {
  return z.toJSONSchema(productSchema, { io: 'input' });
}

function reportRepeated(settings: readonly { readonly property: string }[], context: z.RefinementCtx): void {
  for (const [index, { property }] of settings.entries()) {
    if (settings.findIndex((other) => other.property === property) === index) continue;
    context.addIssue({ code: 'custom', path: [index, 'property'], message: 'expected a name that is not used before' });
  }
}

function isInstallerVersion(version: string): boolean {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number);
  return major <= 255 && minor <= 255 && build <= 65_535;
}
