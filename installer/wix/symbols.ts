/**
 * What lowering makes of elements: sections (one per Product or Fragment) of symbols, rows and references. Linking picks
 * the sections a product needs; binding turns their symbols into table rows. Nothing here has touched a file yet.
 */
import type { Diagnostic, SourceSpan } from '../diagnostic.ts';
import type { Architecture } from './preprocess/variables.ts';
import type { TableDefinition } from './tables/table-definition.ts';

/** A cell whose bytes are in a file. */
export interface FileCell {
  readonly source: string;
}

/** A cell whose text is in a file. */
export interface TextFileCell {
  readonly textFile: string;
}

/** The feature that a component belongs to in the first place: what advertising something of it installs. */
export interface FeatureCell {
  readonly featureOf: string;
}

export type SymbolCell = string | number | null | FileCell | TextFileCell | FeatureCell;

/** A row that needs no more than its files to be final. */
export interface RowSymbol {
  readonly table: string;
  readonly cells: Readonly<Record<string, SymbolCell>>;
  readonly span: SourceSpan;
}

/** Something with a name that others can refer to. `table` is the namespace of the name. */
export interface SymbolName {
  readonly table: string;
  readonly id: string;
  readonly span: SourceSpan;
  /** A definition that gives way to an authored one of the same name. */
  readonly implied?: true;
}

export interface DirectorySymbol {
  readonly id: string;
  readonly parent: string | null;
  readonly defaultDir: string;
  /** Long name of the target folder; null when it is the parent's folder itself. */
  readonly name: string | null;
  /** Long name in an uncompressed source image; null likewise. */
  readonly sourceName: string | null;
  readonly guidSeed?: string;
  readonly span: SourceSpan;
}

export type KeyPath =
  | { readonly kind: 'directory' }
  | { readonly kind: 'file'; readonly id: string }
  | { readonly kind: 'odbc'; readonly id: string }
  | {
      readonly kind: 'registry';
      readonly id: string;
      readonly root: number;
      readonly key: string;
      readonly name: string;
    };

export interface ComponentSymbol {
  readonly id: string;
  /** `*` to be generated, `''` for none, else upper-case in braces. */
  readonly guid: string;
  readonly directory: string;
  readonly attributes: number;
  readonly condition: string | null;
  readonly keyPath: KeyPath;
  readonly guidSeed?: string;
  readonly span: SourceSpan;
}

export interface FileSymbol {
  readonly id: string;
  readonly component: string;
  readonly directory: string;
  /** `short|long` or one name. */
  readonly fileName: string;
  readonly longName: string;
  /** As authored; null when the source image's folder structure says where it is. */
  readonly source: string | null;
  readonly attributes: number;
  readonly compressed: boolean | undefined;
  readonly diskId: number | undefined;
  readonly version?: string;
  readonly language?: string;
  readonly companion?: string;
  /** A .NET assembly, whose name is to be read from its metadata. */
  readonly assembly?: {
    /** Whether it goes to the global cache, for which it needs a strong name. */
    readonly global: boolean;
    readonly processor?: string;
  };
  readonly span: SourceSpan;
}

export interface MediaSymbol {
  readonly diskId: number;
  readonly cabinet: string | null;
  readonly embedded: boolean;
  readonly compression: string;
  readonly diskPrompt: string | null;
  readonly volumeLabel: string | null;
  readonly source: string | null;
  readonly span: SourceSpan;
}

export interface MediaTemplateSymbol extends Omit<MediaSymbol, 'diskId' | 'cabinet' | 'source'> {
  /** `{0}` stands for the disk number. */
  readonly cabinetTemplate: string;
  readonly maxUncompressedBytes: number;
}

export interface ActionSymbol {
  readonly sequence: string;
  readonly action: string;
  readonly condition: string | null;
  readonly number?: number;
  readonly before?: string;
  readonly after?: string;
  readonly suppress: boolean;
  readonly overridable: boolean;
  readonly span: SourceSpan;
}

export type GroupKind = 'Feature' | 'FeatureGroup' | 'ComponentGroup';

/** `child` belongs to `parent`. */
export interface Membership {
  readonly parent: { readonly kind: GroupKind; readonly id: string };
  readonly child: { readonly kind: GroupKind | 'Component'; readonly id: string };
  readonly span: SourceSpan;
}

export interface FeatureSymbol {
  readonly id: string;
  readonly parent: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly display: number;
  readonly level: number;
  readonly directory: string | null;
  readonly attributes: number;
  readonly span: SourceSpan;
}

export interface ProductSymbol {
  /** `*` to be generated. */
  readonly productCode: string;
  readonly name: string;
  readonly manufacturer: string;
  readonly version: string;
  readonly language: number;
  readonly upgradeCode: string | null;
  readonly codePage: number;
  readonly span: SourceSpan;
}

export interface PackageSymbol {
  readonly packageCode: string;
  readonly platform: Architecture;
  readonly languages: string | null;
  readonly installerVersion: number | null;
  readonly compressed: boolean;
  readonly wordCountFlags: number;
  readonly shortNames: boolean;
  readonly summaryCodePage: number;
  readonly description: string | null;
  readonly comments: string | null;
  readonly manufacturer: string | null;
  readonly keywords: string | null;
  readonly readOnly: boolean;
  readonly span: SourceSpan;
}

export type PropertyList = 'SecureCustomProperties' | 'MsiHiddenProperties' | 'AdminProperties';

/** A `WixVariable`: what `!(wix.ID)` stands for. */
export interface VariableSymbol {
  readonly id: string;
  readonly value: string;
  readonly overridable: boolean;
  readonly span: SourceSpan;
}

export interface Section {
  readonly kind: 'product' | 'fragment';
  readonly span: SourceSpan;
  product?: ProductSymbol;
  package?: PackageSymbol;
  mediaTemplate?: MediaTemplateSymbol;
  readonly names: SymbolName[];
  readonly references: SymbolName[];
  readonly rows: RowSymbol[];
  readonly directories: DirectorySymbol[];
  readonly components: ComponentSymbol[];
  readonly files: FileSymbol[];
  readonly media: MediaSymbol[];
  readonly features: FeatureSymbol[];
  readonly memberships: Membership[];
  readonly actions: ActionSymbol[];
  readonly listedProperties: { readonly list: PropertyList; readonly property: string }[];
  readonly ensuredTables: { readonly table: string; readonly span: SourceSpan }[];
  readonly variables: VariableSymbol[];
  /** Faults that matter only when the section is linked: texts without a translation. */
  readonly deferred: Diagnostic[];
  readonly customTables: { readonly definition: TableDefinition; readonly span: SourceSpan }[];
}

export function createSection(kind: Section['kind'], span: SourceSpan): Section {
  return {
    kind,
    span,
    names: [],
    references: [],
    rows: [],
    directories: [],
    components: [],
    files: [],
    media: [],
    features: [],
    memberships: [],
    actions: [],
    listedProperties: [],
    ensuredTables: [],
    variables: [],
    deferred: [],
    customTables: [],
  };
}
