/**
 * What Windows Installer decides in one run, computed from the tables alone: searches, actions of type 51 and 19 and
 * their conditions in the order of InstallExecuteSequence, conditions of components, formatted values. Source: Windows
 * Installer "InstallExecuteSequence", "Custom Action Types", "AppSearch", "Formatted". It shows what the tables say, not
 * that Windows does it.
 */
import type { MsiDatabase } from '../../installer/formats/msi/index.ts';
import { evaluateCondition } from '../../installer/validate/condition/evaluate-condition.ts';
import { parseCondition } from '../../installer/validate/condition/parse-condition.ts';
import { DatabaseView, type Row } from '../../installer/validate/database-view.ts';
import { executeSequence } from '../../installer/validate/sequences.ts';

/** Registry values by `key\name` in lower case, as AppSearch gives them: `#2` for a number, `#x…` for bytes. */
export type Registry = ReadonlyMap<string, string>;

export interface RunOptions {
  /** The command line, and what Windows Installer itself sets, such as `Installed` or `REMOVE`. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly registry?: Registry;
}

export interface RunResult {
  /** The message of the type 19 action that ended the run; nothing after it happened. */
  readonly refusal: string | undefined;
  readonly property: (name: string) => string;
  /** Standard actions whose condition holds, or that have none. */
  readonly actions: ReadonlySet<string>;
  /** Components without a condition, or whose condition holds. */
  readonly components: ReadonlySet<string>;
  /** The registry afterwards; of the SCM's own values those that InstallServices sets. */
  readonly registry: Registry;
  /** Rows that are in force, by their own condition. */
  readonly permissions: readonly string[];
  /** `folder\pattern` of RemoveFile rows whose property has a value. */
  readonly removedFiles: readonly string[];
}

const SET_PROPERTY = 51;
const ERROR = 19;
const BASE_TYPE = 0x3f;

const folderDefaults: Readonly<Record<string, string>> = {
  ProgramFiles64Folder: 'C:\\Program Files\\',
  CommonAppDataFolder: 'C:\\ProgramData\\',
};

export function runMsi(database: MsiDatabase, options: RunOptions = {}): RunResult {
  const db = new DatabaseView(database);
  const run = new Run(db, options);
  for (const { name, condition } of executeSequence(db).actions) {
    if (run.refusal !== undefined) break;
    if (condition === '' || run.holds(condition)) run.act(name);
  }
  return run.result();
}

class Run {
  readonly #db: DatabaseView;
  readonly #values: Map<string, string>;
  readonly #registry: Map<string, string>;
  readonly #actions = new Set<string>();
  readonly #components = new Set<string>();
  refusal: string | undefined;

  constructor(db: DatabaseView, { properties = {}, registry = new Map() }: RunOptions) {
    this.#db = db;
    this.#registry = new Map(registry);
    const stored = db.rows('Property').map((row) => [row.text('Property'), row.text('Value')] as const);
    const ours = { VersionNT: '603', VersionNT64: '603', ...folderDefaults, ...properties };
    this.#values = new Map([...stored, ...Object.entries(ours)]);
  }

  act(name: string): void {
    const custom = this.#db.find('CustomAction', name);
    if (custom !== undefined) this.#customAction(custom);
    else this.#actions.add(name);
    if (name === 'AppSearch') this.#appSearch();
    if (name === 'CostFinalize') this.#costFinalize();
    if (name === 'InstallServices') this.#installServices();
    if (name === 'WriteRegistryValues') this.#writeRegistry();
  }

  holds(condition: string): boolean {
    const parsed = parseCondition(condition);
    if (!parsed.ok) throw new Error(`Cannot read condition "${condition}": ${parsed.fault.message}`);
    return evaluateCondition(parsed.expression, ({ kind, name }) => {
      if (kind !== 'property') throw new Error(`Cannot evaluate "${condition}": only properties are known here`);
      return this.#values.get(name);
    });
  }

  result(): RunResult {
    const inForce = (row: Row) => row.isNull('Condition') || this.holds(row.text('Condition'));
    const removed = this.#db
      .rows('RemoveFile')
      .map((row) => [this.#values.get(row.text('DirProperty')) ?? '', row.text('FileName')] as const);
    return {
      refusal: this.refusal,
      property: (name) => this.#values.get(name) ?? '',
      actions: this.#actions,
      components: this.#components,
      registry: this.#registry,
      permissions: this.#db
        .rows('MsiLockPermissionsEx')
        .filter(inForce)
        .map((row) => row.key),
      removedFiles: removed.filter(([folder]) => folder !== '').map(([folder, name]) => `${folder}|${name}`),
    };
  }

  #customAction(row: Row): void {
    const type = row.number('Type') & BASE_TYPE;
    if (type === ERROR) this.refusal = this.#format(row.text('Target'));
    else if (type === SET_PROPERTY) this.#values.set(row.text('Source'), this.#format(row.text('Target')));
    else throw new Error(`Cannot run custom action "${row.key}": found type ${type}, wanted 19 or 51`);
  }

  #appSearch(): void {
    for (const row of this.#db.rows('AppSearch')) {
      const locator = this.#db.find('RegLocator', row.text('Signature_'));
      if (locator === undefined) throw new Error(`Cannot search "${row.key}": only RegLocator is known here`);
      const found = this.#registry.get(path(this.#format(locator.text('Key')), locator.text('Name')));
      if (found !== undefined) this.#values.set(row.text('Property'), found);
    }
  }

  /** Folders become full paths that end with a backslash, and conditions of components are decided. */
  #costFinalize(): void {
    for (const row of this.#db.rows('Directory')) {
      const own = this.#values.get(row.key);
      const name = row.text('DefaultDir').split('|').at(-1) ?? '';
      const parent = this.#values.get(row.text('Directory_Parent')) ?? '';
      const folder = own ?? (name === '.' || row.key === 'TARGETDIR' ? parent : `${parent}${name}`);
      if (folder !== '') this.#values.set(row.key, folder.endsWith('\\') ? folder : `${folder}\\`);
    }
    for (const row of this.#db.rows('Component')) {
      if (row.isNull('Condition') || this.holds(row.text('Condition'))) this.#components.add(row.key);
    }
  }

  #installServices(): void {
    for (const row of this.#db.rows('ServiceInstall')) {
      const key = `SYSTEM\\CurrentControlSet\\Services\\${this.#format(row.text('Name'))}`;
      this.#registry.set(path(key, 'ObjectName'), this.#format(row.text('StartName')));
      this.#registry.set(path(key, 'Start'), `#${row.number('StartType')}`);
    }
  }

  #writeRegistry(): void {
    for (const row of this.#db.rows('Registry')) {
      if (!this.#components.has(row.text('Component_'))) continue;
      this.#registry.set(path(this.#format(row.text('Key')), row.text('Name')), this.#format(row.text('Value')));
    }
  }

  /** Properties and escaped characters; references to files stay as they are. */
  #format(text: string): string {
    return text.replace(/\[\\(.)\]|\[([A-Za-z_][\w.]*)\]/gu, (_all, escaped: string | undefined, name: string) =>
      escaped === undefined ? (this.#values.get(name) ?? '') : escaped,
    );
  }
}

/** The key of a `Registry`. */
export function path(key: string, name: string): string {
  return `${key}\\${name}`.toLowerCase();
}
