import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import type { Architecture } from '../preprocess/variables.ts';
import type { KeyPath, Section, SymbolCell } from '../symbols.ts';
import type { ElementNode } from './element-node.ts';

/** What the element's surroundings say. Each lowering passes its children a copy with its own part filled in. */
export interface Scope {
  /** Name of the parent element. */
  readonly parent: string;
  readonly directory?: string;
  readonly component?: ComponentDraft;
  readonly feature?: { readonly kind: 'Feature' | 'FeatureGroup'; readonly id: string };
  readonly componentGroup?: string;
  readonly file?: string;
  readonly property?: string;
  readonly registry?: { readonly root: string; readonly key: string };
  /** The object that `Permission` and `PermissionEx` protect. */
  readonly lockObject?: { readonly table: string; readonly id: string };
  /** The service that nested service elements configure. */
  readonly service?: { readonly id: string; readonly name: string };
  readonly sequence?: string;
  readonly shortcut?: string;
  readonly diskId?: number;
  /** Folder of payload files as authored on a directory or group. */
  readonly fileSource?: string;
  readonly upgradeCode?: string;
  readonly signature?: string;
  readonly dialog?: {
    readonly id: string;
    /** Controls in the order of the Tab key. */
    readonly ring: readonly string[];
    readonly tracksDiskSpace: boolean;
  };
  readonly control?: string;
  /** Numbers the events of a control. */
  readonly publishOrder?: { last: number };
  readonly billboard?: string;
  readonly registration?: Registration;
  /** Numbers the features beside each other. */
  readonly featureDisplay?: { last: number };
}

/** What the registration elements around one say. */
export interface Registration {
  readonly advertised?: boolean;
  readonly appId?: string;
  readonly typeLib?: { readonly id: string; readonly version: string | undefined };
  readonly classId?: string;
  readonly classDescription?: string | undefined;
  /** Whether the class serves as a 16-bit and as a 32-bit proxy of its interfaces. */
  readonly proxy?: boolean;
  readonly proxy32?: boolean;
  readonly masks?: { count: number };
  readonly progIds?: { count: number };
  readonly nestedProgIds?: { count: number };
  readonly progId?: string;
  readonly progIdParent?: string | undefined;
  readonly progIdDescription?: string | undefined;
  readonly extension?: string;
}

/** A component while its children are being lowered. */
export interface ComponentDraft {
  readonly id: string;
  readonly directory: string;
  readonly win64: boolean;
  condition: string | null;
  /** Set by a child or the component itself saying `KeyPath="yes"`. */
  explicitKeyPath?: KeyPath;
  /** First child that could be the key path. */
  possibleKeyPath?: KeyPath;
  createsOwnFolder: boolean;
}

export interface LowerContext {
  readonly section: Section;
  /** Platform of the package, which decides what `Win64` means when it is not given. */
  architecture: Architecture;
  report(diagnostic: Diagnostic): void;
  lowerChildren(node: ElementNode, scope: Scope): void;
  row(table: string, cells: Readonly<Record<string, SymbolCell>>, span: SourceSpan): void;
  define(table: string, id: string, span: SourceSpan): void;
  /** Defines a name that an authored definition may stand beside, such as a property that an upgrade sets. */
  imply(table: string, id: string, span: SourceSpan): void;
  reference(table: string, id: string | undefined, span: SourceSpan): void;
}

/** Turns one element into symbols of `context.section`, children included where it wants them. */
export type Lowering = (node: ElementNode, scope: Scope, context: LowerContext) => void;

export type Lowerings = Readonly<Record<string, Lowering>>;
