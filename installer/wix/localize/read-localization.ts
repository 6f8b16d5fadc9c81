/**
 * A localization file (`.wxl`): strings by id, and controls whose place or text differs in that culture. Source: WiX v3
 * manual, "Localization". The preprocessor does not run over such a file.
 */
import type { Diagnostic, SourceSpan } from '../../diagnostic.ts';
import { nearestName } from '../../nearest-name.ts';
import { codePageNumber } from '../code-page-name.ts';
import * as problem from '../diagnostics.ts';
import type { SourceText } from '../file-resolver.ts';
import { buildElement, type XmlElement } from '../xml/xml-element.ts';
import { readXmlEvents } from '../xml/xml-events.ts';

export interface LocalizedString {
  readonly id: string;
  readonly text: string;
  /** Gives way to another definition of the same id. */
  readonly overridable: boolean;
  readonly span: SourceSpan;
}

/** What replaces the like-named cells of a dialog (without `control`) or of one of its controls. */
export interface LocalizedControl {
  readonly dialog: string;
  readonly control: string | undefined;
  readonly place: Readonly<Partial<Record<'X' | 'Y' | 'Width' | 'Height', number>>>;
  /** Bits that are added to the attributes. */
  readonly attributes: { readonly dialog: number; readonly control: number };
  readonly text: string | undefined;
}

export interface Localization {
  /** Lower-case, such as `en-us`; empty for a file that serves every culture. */
  readonly culture: string;
  readonly codePage: number | undefined;
  readonly strings: readonly LocalizedString[];
  readonly controls: readonly LocalizedControl[];
}

const NAMESPACE = 'http://schemas.microsoft.com/wix/2006/localization';
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  WixLocalization: ['Culture', 'Codepage', 'Language'],
  String: ['Id', 'Overridable', 'Localizable'],
  UI: ['Dialog', 'Control', 'X', 'Y', 'Width', 'Height', 'RightToLeft', 'RightAligned', 'LeftScroll'],
};
/** Bits of Dialog.Attributes and Control.Attributes. */
const BITS: Readonly<Record<string, { dialog: number; control: number }>> = {
  RightToLeft: { dialog: 128, control: 32 },
  RightAligned: { dialog: 256, control: 64 },
  LeftScroll: { dialog: 512, control: 128 },
};
const PLACES = ['X', 'Y', 'Width', 'Height'] as const;

export function readLocalization(source: SourceText): {
  localization?: Localization;
  diagnostics: readonly Diagnostic[];
} {
  const reading = readXmlEvents(source);
  const tree = buildElement(reading.events);
  const diagnostics = [...reading.diagnostics, ...tree.diagnostics];
  const { root } = tree;
  if (diagnostics.length > 0 || root === undefined) return { diagnostics };
  if (root.name !== 'WixLocalization' || root.uri !== NAMESPACE) {
    const wanted = `a localization file holds a WixLocalization element of namespace "${NAMESPACE}"`;
    return { diagnostics: [problem.wrongRoot(root.span, root.name, wanted)] };
  }
  const strings: LocalizedString[] = [];
  const controls: LocalizedControl[] = [];
  diagnostics.push(...check(root));
  for (const child of root.children) {
    const faults = check(child);
    diagnostics.push(...faults);
    if (faults.length > 0) continue;
    if (child.name === 'String') strings.push(toLocalizedString(child));
    else controls.push(toControl(child));
  }
  const codePage = attribute(root, 'Codepage');
  return {
    localization: {
      culture: (attribute(root, 'Culture') ?? '').toLowerCase(),
      codePage: codePage === undefined ? undefined : codePageNumber(codePage),
      strings,
      controls,
    },
    diagnostics,
  };
}

function check(element: XmlElement): readonly Diagnostic[] {
  const known = ATTRIBUTES[element.name];
  if (known === undefined)
    return [problem.unknownElement(element.span, element.name, nearestName(element.name, ['String', 'UI']))];
  const required = { String: 'Id', UI: 'Dialog' }[element.name];
  return [
    ...element.attributes.flatMap(({ name, value, span }) => {
      const at = { element: element.name, attribute: name };
      if (!known.includes(name)) return [problem.unknownAttribute(span, { ...at, nearest: nearestName(name, known) })];
      const wanted = wantedValue(name, value);
      return wanted === undefined ? [] : [problem.badAttributeValue(span, { ...at, value, wanted })];
    }),
    ...(required !== undefined && attribute(element, required) === undefined
      ? [problem.missingAttribute(element.span, element.name, required)]
      : []),
  ];
}

function wantedValue(name: string, value: string): string | undefined {
  if (name === 'Id') return /^[A-Za-z_][\w.]*$/.test(value) ? undefined : 'an identifier';
  if (name === 'Codepage') return codePageNumber(value) === undefined ? 'a code page' : undefined;
  if (['Language', ...PLACES].includes(name))
    return /^\d{1,5}$/.test(value) ? undefined : 'a decimal integer from 0 to 65535';
  if (name === 'Overridable' || name === 'Localizable' || name in BITS)
    return /^(?:yes|no)$/.test(value) ? undefined : 'yes or no';
  return undefined;
}

function toLocalizedString(element: XmlElement): LocalizedString {
  return {
    id: attribute(element, 'Id') ?? '',
    text: element.rawText,
    overridable: attribute(element, 'Overridable') === 'yes',
    span: element.span,
  };
}

function toControl(element: XmlElement): LocalizedControl {
  const bits = Object.keys(BITS).filter((name) => attribute(element, name) === 'yes');
  const sum = (kind: 'dialog' | 'control') => bits.reduce((total, name) => total | (BITS[name]?.[kind] ?? 0), 0);
  const places = PLACES.flatMap((name) => {
    const value = attribute(element, name);
    return value === undefined ? [] : [[name, Number(value)] as const];
  });
  return {
    dialog: attribute(element, 'Dialog') ?? '',
    control: attribute(element, 'Control'),
    place: Object.fromEntries(places),
    attributes: { dialog: sum('dialog'), control: sum('control') },
    text: element.text === '' ? undefined : element.rawText,
  };
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((candidate) => candidate.name === name)?.value;
}
