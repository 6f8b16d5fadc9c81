/** `docs/wix-language.md`: the compiler's catalogue of elements as a page. Pure: text from data. */
import { elementCatalogue, parentsOf } from '../../installer/wix/index.ts';
import { attributeNotes, elementNotes } from './wix-language-notes.ts';

type Definition = NonNullable<ReturnType<typeof elementCatalogue.get>>;

/** The whole page, elements in alphabetical order. */
export function wixLanguagePage(): string {
  const definitions = [...elementCatalogue.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const actions = definitions.filter(isStandardAction);
  const elements = definitions.filter((definition) => !actions.includes(definition));
  return [
    INTRODUCTION,
    `The compiler knows ${elements.length} elements and the ${actions.length} standard actions below.`,
    ...elements.map(elementSection),
    actionSection(actions),
  ]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `# The WiX language

<!-- Made from the compiler's catalogue by "npm run check -- --write"; do not edit. -->

Sources are in the language of WiX v3, namespace \`http://schemas.microsoft.com/wix/2006/wi\`. Every element and attribute
that the compiler takes is here. What is not here is an error that names its place and the nearest known name. An attribute
of the value "yes or no" that says nothing of a default is \`no\` when absent. Elements for which no parent is named are the
roots of a document.`;

/** An action is its own element in the sequences, always with the same attributes. */
function isStandardAction({ name }: Definition): boolean {
  const parents = parentsOf(name);
  return name !== 'Custom' && parents.length > 0 && parents.every((parent) => parent.endsWith('Sequence'));
}

function elementSection(definition: Definition): string {
  const { name, attributes, children, text } = definition;
  const facts = [
    elementNotes[name],
    listLine('Parents', parentsOf(name)),
    listLine('Children', childNames(children)),
    text ? 'Holds text.' : undefined,
  ].filter((line) => line !== undefined);
  const rows = Object.keys(attributes)
    .toSorted((a, b) => Number(b === 'Id') - Number(a === 'Id') || (a < b ? -1 : 1))
    .map((attribute) => attributeRow(definition, attribute));
  return [`## ${name}`, ...facts, ...(rows.length === 0 ? [] : [table(rows)])].join('\n\n');
}

/** The standard actions that a sequence may hold are a list of their own. */
function childNames(children: readonly string[]): readonly string[] {
  const others = children.filter((child) => {
    const definition = elementCatalogue.get(child);
    return definition === undefined || !isStandardAction(definition);
  });
  return others.length === children.length ? children : [...others, 'standard actions'];
}

function listLine(label: string, names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `${label}: ${names.toSorted().join(', ')}.`;
}

function attributeRow({ name, attributes }: Definition, attribute: string): readonly string[] {
  const type = attributes[attribute];
  const { default: fallback = '', note = '' } = attributeNotes[`${name}.${attribute}`] ?? {};
  return [`\`${attribute}\``, type?.wanted ?? '', type?.required === true ? 'required' : fallback, note];
}

function table(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(['Attribute', 'Value', 'When absent', 'Notes']), '|---|---|---|---|', ...rows.map(line)].join('\n');
}

function actionSection(actions: readonly Definition[]): string {
  const [first] = actions;
  const attributes = Object.keys(first?.attributes ?? {}).map((attribute) => `\`${attribute}\``);
  const lines = actions.map(({ name }) => `| ${name} | ${parentsOf(name).join(', ')} |`);
  return [
    '## Standard actions',
    `Each is an element of the sequences named beside it, with the attributes ${attributes.join(', ')}; the text is the condition.`,
    ['| Action | Sequences |', '|---|---|', ...lines].join('\n'),
  ].join('\n\n');
}
