/**
 * View model of `templates/service.wxs.hbs`: everything the template prints, decided here. The template itself holds no
 * logic beyond "for each" and "if present".
 */
import { basename, dirname, extname, isAbsolute, relative, resolve } from 'node:path';
import { productRegistryKey } from '../../src/product/identity.ts';
import type { Product } from '../product/load-product.ts';
import { settingsOf } from '../product/settings.ts';
import type { Architecture } from '../tools/windows-runtime.ts';
import { isLocalService, isNetworkService } from './account-steps.ts';
import { type RemovedFolder, removedFolders } from './folder-steps.ts';
import { type InstallFolder, installTree } from './install-tree.ts';
import { propertySteps, type Search, searches, storedSettings } from './property-steps.ts';
import { dataFolderSddl, installFolderSddl } from './service-sid.ts';
import { componentGuid, type ServiceView, serviceView } from './service-view.ts';
import type { StepView } from './step.ts';
import { formatted, formattedLiteral, literal, type WixText } from './wix-text.ts';

export interface ServiceMsiInput {
  readonly product: Product;
  readonly architecture: Architecture;
  readonly executable: string;
  readonly koffiAddon: string;
  readonly messagesDll: string;
  /** Where the source will lie: paths in it are relative to that folder. */
  readonly wixSource: string;
}

export interface ServiceMsiView {
  readonly product: {
    readonly name: WixText;
    readonly manufacturer: WixText;
    readonly version: WixText;
    readonly upgradeCode: WixText;
    readonly description: WixText;
    readonly language: number;
    /** Code page of the database, and the ANSI one of its summary. */
    readonly codePage: number;
    readonly registryKey: WixText;
  };
  readonly platform: Architecture;
  readonly icon: { readonly id: WixText; readonly source: WixText } | undefined;
  readonly arpProperties: readonly { readonly id: string; readonly value: WixText }[];
  readonly installFolder: WixText;
  readonly executable: { readonly name: WixText; readonly source: WixText };
  readonly koffiAddon: WixText;
  readonly messages: {
    readonly name: WixText;
    readonly source: WixText;
    /** Of the event source, below HKEY_LOCAL_MACHINE. */
    readonly registryKey: WixText;
  };
  readonly folder: InstallFolder;
  readonly componentIds: readonly string[];
  readonly properties: readonly { readonly id: string; readonly hidden: 'yes' | 'no' }[];
  readonly searches: readonly Search[];
  readonly steps: readonly StepView[];
  readonly stored: readonly { readonly property: string; readonly value: WixText }[];
  readonly installFolderAccess: AccessView & { readonly guid: WixText };
  readonly dataFolder: {
    readonly guid: WixText;
    /** Exactly one condition holds. */
    readonly access: readonly AccessView[];
    readonly removed: readonly RemovedFolder[];
  };
  readonly configuration:
    | { readonly source: WixText; readonly name: WixText; readonly exampleName: WixText }
    | undefined;
  readonly service: ServiceView;
}

export interface AccessView {
  readonly id: string;
  readonly sddl: WixText;
  readonly condition: WixText;
}

/** The view of `input`. Pure but for path arithmetic: reads no file. */
export function serviceMsiView(input: ServiceMsiInput): ServiceMsiView {
  const { product, wixSource } = input;
  const source = (path: string): WixText => literal(relativeTo(dirname(wixSource), path));
  const folder = installTree(
    product.files.map((file) => ({
      source: source(resolve(product.dir, file.source)),
      path: file.as ?? basename(file.source),
    })),
  );
  return {
    product: identityView(product),
    platform: input.architecture,
    icon: iconView(product, source),
    arpProperties: arpProperties(product),
    installFolder: literal(product.name),
    executable: { name: literal(basename(input.executable)), source: source(input.executable) },
    koffiAddon: source(input.koffiAddon),
    messages: {
      name: literal(basename(input.messagesDll)),
      source: source(input.messagesDll),
      registryKey: formattedLiteral(
        `SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${product.service.name}`,
      ),
    },
    folder,
    componentIds: folder.allComponentIds,
    properties: publicProperties(product),
    searches: searches(product),
    steps: propertySteps(product),
    stored: storedSettings(product).map(({ property }) => ({ property, value: formatted(`[${property}]`) })),
    installFolderAccess: {
      id: 'InstallFolderAccess',
      guid: componentGuid(product, 'install-folder'),
      sddl: formattedLiteral(installFolderSddl),
      condition: literal('NOT (INSTALLDIR ~<< ProgramFiles64Folder)'),
    },
    dataFolder: {
      guid: componentGuid(product, 'data-folder'),
      access: dataFolderAccess(product),
      removed: removedFolders(product.dataFolders),
    },
    configuration: configurationView(product, source),
    service: serviceView(product),
  };
}

/** All of them secure: only such properties reach the elevated half of an installation. */
function publicProperties(product: Product): ServiceMsiView['properties'] {
  return settingsOf(product).map(({ property, secret }) => ({ id: property, hidden: secret ? 'yes' : 'no' }));
}

function dataFolderAccess({ service }: Product): readonly AccessView[] {
  const access = (id: string, condition: string, account?: 'LS' | 'NS'): AccessView => ({
    id,
    sddl: formattedLiteral(dataFolderSddl(service.name, account)),
    condition: literal(condition),
  });
  return [
    access('DataAccessLocalService', isLocalService, 'LS'),
    access('DataAccessNetworkService', isNetworkService, 'NS'),
    access('DataAccessServiceSid', `NOT (${isLocalService}) AND NOT (${isNetworkService})`),
  ];
}

/** The file that counts is put into the data folder once; the example comes with every version. */
function configurationView(
  { configuration, dir, executable }: Product,
  source: (path: string) => WixText,
): ServiceMsiView['configuration'] {
  if (configuration === undefined) return undefined;
  return {
    source: source(resolve(dir, configuration)),
    name: literal(`${executable}.yaml`),
    exampleName: literal('config.example.yaml'),
  };
}

function identityView(product: Product): ServiceMsiView['product'] {
  return {
    name: literal(product.name),
    manufacturer: literal(product.manufacturer),
    version: literal(product.version),
    upgradeCode: literal(product.upgradeCode),
    description: literal(product.description),
    language: product.language,
    codePage: codePageFor(JSON.stringify({ ...product, dir: '', file: '' })),
    registryKey: formattedLiteral(productRegistryKey(product)),
  };
}

/** 65001 only when needed: Windows Installer itself recommends ANSI for as long as the text allows it. */
function codePageFor(text: string): number {
  return /^\p{ASCII}*$/u.test(text) ? 1252 : 65_001;
}

function iconView(product: Product, source: (path: string) => WixText): ServiceMsiView['icon'] {
  if (product.icon === undefined) return undefined;
  // Windows takes the kind of the icon from the extension of its id.
  return { id: literal(`product${extname(product.icon)}`), source: source(resolve(product.dir, product.icon)) };
}

/** What Apps & features shows ("Uninstall Registry Key", Windows Installer). */
function arpProperties({ links, icon, description, contact }: Product): ServiceMsiView['arpProperties'] {
  const values: readonly [string, string | undefined][] = [
    // There is one feature, so nothing to modify; repair stays, and runs no code of ours.
    ['ARPNOMODIFY', '1'],
    ['ARPCONTACT', contact],
    ['ARPURLINFOABOUT', links.about],
    ['ARPHELPLINK', links.help],
    ['ARPURLUPDATEINFO', links.updates],
    ['ARPCOMMENTS', description],
    ['ARPPRODUCTICON', icon === undefined ? undefined : `product${extname(icon)}`],
  ];
  return values.flatMap(([id, value]) => (value === undefined ? [] : [{ id, value: literal(value) }]));
}

/** WiX resolves sources against the folder of the source file; another drive has no relative path. */
function relativeTo(dir: string, path: string): string {
  const result = relative(dir, path);
  return isAbsolute(result) ? result : result.replaceAll('/', '\\');
}
