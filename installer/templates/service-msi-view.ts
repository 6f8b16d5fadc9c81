/**
 * View model of `templates/service.wxs.hbs`: everything the template prints, decided here. The template itself holds no
 * logic beyond "for each" and "if present".
 */
import { basename, dirname, extname, isAbsolute, relative, resolve } from 'node:path';
import { v5 as uuidV5 } from 'uuid';
import { productRegistryKey } from '../../src/product/identity.ts';
import type { Product } from '../product/load-product.ts';
import type { Architecture } from '../tools/windows-runtime.ts';
import { failureActionsHex } from './failure-actions.ts';
import { type InstallFolder, installTree } from './install-tree.ts';
import { dataFolderSddl } from './service-sid.ts';
import { formattedLiteral, literal, type WixText } from './wix-text.ts';

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
  readonly dataFolder: { readonly guid: WixText; readonly sddl: WixText };
  readonly service: {
    readonly name: WixText;
    readonly displayName: WixText;
    readonly description: WixText;
    readonly arguments: WixText;
    /** Below HKEY_LOCAL_MACHINE. */
    readonly registryKey: WixText;
    /** Undefined for LocalSystem, which is what no account means. */
    readonly account: WixText | undefined;
    readonly start: 'auto' | 'demand' | 'disabled';
    readonly delayed: 'yes' | 'no';
    readonly starts: boolean;
    readonly dependencies: readonly { readonly id: WixText; readonly group: 'yes' | 'no' }[];
    readonly failureActionsWhen: 'failedToStop' | 'failedToStopOrReturnedError';
    readonly failureActions: string;
  };
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
    dataFolder: {
      guid: literal(`{${componentGuid(product, 'data-folder')}}`),
      sddl: formattedLiteral(dataFolderSddl(product.service)),
    },
    service: serviceView(product),
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
    codePage: codePageFor(JSON.stringify([product.name, product.manufacturer, product.description, product.service])),
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
function arpProperties({ links, icon, description }: Product): ServiceMsiView['arpProperties'] {
  const values: readonly [string, string | undefined][] = [
    ['ARPURLINFOABOUT', links.about],
    ['ARPHELPLINK', links.help],
    ['ARPURLUPDATEINFO', links.updates],
    ['ARPCOMMENTS', description],
    ['ARPPRODUCTICON', icon === undefined ? undefined : `product${extname(icon)}`],
  ];
  return values.flatMap(([id, value]) => (value === undefined ? [] : [{ id, value: literal(value) }]));
}

function serviceView({ service }: Product): ServiceMsiView['service'] {
  const { startType, recovery } = service;
  return {
    name: formattedLiteral(service.name),
    displayName: formattedLiteral(service.displayName),
    description: formattedLiteral(service.description),
    arguments: formattedLiteral(['service', ...service.arguments.map(quoteArgument)].join(' ')),
    registryKey: formattedLiteral(`SYSTEM\\CurrentControlSet\\Services\\${service.name}`),
    account: service.account === 'LocalSystem' ? undefined : formattedLiteral(service.account),
    start: startType === 'delayed' ? 'auto' : startType,
    delayed: startType === 'delayed' ? 'yes' : 'no',
    starts: startType === 'auto' || startType === 'delayed',
    dependencies: service.dependencies.map((name) =>
      name.startsWith('+')
        ? { id: formattedLiteral(name.slice(1)), group: 'yes' }
        : { id: formattedLiteral(name), group: 'no' },
    ),
    failureActionsWhen: recovery.onNonCrashFailures ? 'failedToStopOrReturnedError' : 'failedToStop',
    failureActions: failureActionsHex(recovery),
  };
}

/** An argument for a Windows command line; the schema lets no quotes in. A trailing backslash would escape the quote. */
function quoteArgument(argument: string): string {
  return /[\s]|^$/.test(argument) ? `"${argument.replace(/\\+$/, '$&$&')}"` : argument;
}

/** A stable id for a component that has no file to derive one from. */
function componentGuid({ upgradeCode }: Product, role: string): string {
  return uuidV5(role, upgradeCode.slice(1, -1)).toUpperCase();
}

/** WiX resolves sources against the folder of the source file; another drive has no relative path. */
function relativeTo(dir: string, path: string): string {
  const result = relative(dir, path);
  return isAbsolute(result) ? result : result.replaceAll('/', '\\');
}
