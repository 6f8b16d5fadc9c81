/**
 * The table of a package's public MSI properties: those that every package has, and the product file's own `settings`.
 * It feeds the WiX template, `docs/msi-properties.md`, and whatever else has to know what an administrator can set.
 */
import type { BuiltInProperty } from './property-names.ts';
import type { ProductFile } from './schema.ts';
import { integerBounds, type ProductSetting } from './setting-schema.ts';

/** What a property may be set to; everything else is refused before anything is changed. */
export type AllowedValues =
  | { readonly kind: 'text' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly least: number; readonly greatest: number }
  /** Full path of a folder on a local drive, not the drive itself. */
  | { readonly kind: 'folder' }
  | { readonly kind: 'account' }
  | { readonly kind: 'password' };

export interface Setting {
  readonly property: string;
  readonly description: string;
  readonly allowed: AllowedValues;
  /** Undefined: no value, or one that follows from others. */
  readonly defaultValue: string | undefined;
  /** What stands in for a default value in the documentation. */
  readonly defaultNote?: string;
  /** The name of the value in the product's registry key or its `Settings`; undefined: not stored. */
  readonly storedAs: string | undefined;
  /** Taken over from the registry when not given. */
  readonly remembered: boolean;
  /** Hidden from logs, and never stored. */
  readonly secret: boolean;
}

export const startTypes = ['auto', 'delayed', 'demand', 'disabled'] as const;
export const profiles = ['dev', 'test', 'prod'] as const;

/** Every public property of the package, in the order of the documentation. */
export function settingsOf(product: Pick<ProductFile, 'name' | 'service' | 'settings'>): readonly Setting[] {
  return [...Object.values(builtInSettings(product)), ...product.settings.map(ownSetting)];
}

type ServiceFacts = Pick<ProductFile, 'name' | 'service'>;

export function builtInSettings(product: ServiceFacts): Readonly<Record<BuiltInProperty, Setting>> {
  return { ...folderSettings(product), ...serviceSettings(product), ...runSettings() };
}

function folderSettings({ name }: ServiceFacts) {
  const folder = { allowed: { kind: 'folder' }, defaultValue: undefined, remembered: true, secret: false } as const;
  return {
    INSTALLDIR: {
      ...folder,
      property: 'INSTALLDIR',
      description: 'Where the program is installed. Outside Program Files the folder is locked to administrators.',
      defaultNote: `C:\\Program Files\\${name}`,
      storedAs: 'InstallDir',
    },
    DATADIR: {
      ...folder,
      property: 'DATADIR',
      description: 'Where configuration, logs and state are. The folder is locked to administrators and the service.',
      defaultNote: `C:\\ProgramData\\${name}`,
      storedAs: 'DataDir',
    },
  } satisfies Partial<Record<BuiltInProperty, Setting>>;
}

function serviceSettings({ service }: ServiceFacts) {
  return {
    SERVICEACCOUNT: {
      property: 'SERVICEACCOUNT',
      description:
        'The account that the service runs as. When it is not given, an installed service keeps the account it has.',
      allowed: { kind: 'account' },
      defaultValue: service.account,
      storedAs: 'SERVICEACCOUNT',
      remembered: true,
      secret: false,
    },
    SERVICEPASSWORD: {
      property: 'SERVICEPASSWORD',
      description:
        'The password of a domain or local user. Needed when the service is new or its account changes; given alone, it changes the password that an installed service logs on with.',
      allowed: { kind: 'password' },
      defaultValue: undefined,
      storedAs: undefined,
      remembered: false,
      secret: true,
    },
    STARTTYPE: {
      property: 'STARTTYPE',
      description:
        'When Windows starts the service. When it is not given, an installed service keeps the start type it has.',
      allowed: { kind: 'choice', values: startTypes },
      defaultValue: service.startType,
      storedAs: 'STARTTYPE',
      remembered: true,
      secret: false,
    },
  } satisfies Partial<Record<BuiltInProperty, Setting>>;
}

function runSettings() {
  const once = { allowed: { kind: 'flag' }, defaultValue: undefined, remembered: false, secret: false } as const;
  return {
    NOSTART: {
      ...once,
      property: 'NOSTART',
      description: 'With 1 the service is not started at the end of this run.',
      storedAs: undefined,
    },
    PROFILE: {
      property: 'PROFILE',
      description: 'The profile whose configuration the service uses.',
      allowed: { kind: 'choice', values: profiles },
      defaultValue: 'prod',
      storedAs: 'PROFILE',
      remembered: true,
      secret: false,
    },
    REMOVEDATA: {
      ...once,
      property: 'REMOVEDATA',
      description: 'With 1 an uninstallation removes configuration, logs and state as well.',
      storedAs: undefined,
    },
  } satisfies Partial<Record<BuiltInProperty, Setting>>;
}

function ownSetting(setting: ProductSetting): Setting {
  return {
    property: setting.property,
    description: setting.description,
    allowed: allowedValues(setting),
    defaultValue: setting.default,
    storedAs: setting.property,
    remembered: setting.remembered,
    secret: false,
  };
}

function allowedValues({ type, values = [], minimum, maximum }: ProductSetting): AllowedValues {
  switch (type) {
    case 'choice':
      return { kind: 'choice', values };
    case 'integer':
      return { kind: 'integer', ...integerBounds({ minimum, maximum }) };
    case 'text':
    case 'flag':
      return { kind: type };
    default:
      return type satisfies never;
  }
}

/** The allowed values in words that read after "expected". */
export function describeAllowed(allowed: AllowedValues): string {
  switch (allowed.kind) {
    case 'choice':
      return allowed.values.join(', ').replace(/, ([^,]*)$/, ' or $1');
    case 'integer':
      return `an integer from ${allowed.least} to ${allowed.greatest}`;
    case 'flag':
      return '1 or 0';
    case 'folder':
      return 'the full path of a folder on a local drive';
    case 'account':
      return 'LocalSystem, NT AUTHORITY\\LocalService, NT AUTHORITY\\NetworkService, NT SERVICE\\ and the name of the service, DOMAIN\\name$ for a managed account, or DOMAIN\\user or .\\user';
    case 'password':
      return 'a password';
    case 'text':
      return 'a text that does not start with #';
    default:
      return allowed satisfies never;
  }
}
