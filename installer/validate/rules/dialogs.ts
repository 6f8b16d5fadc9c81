/** ICE23, ICE31, ICE34: dialogs. */
import type { DatabaseView, Row } from '../database-view.ts';
import { type Problem, quoted } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const ice23: Rule = {
  id: 'ICE23',
  title: 'The tab order of a dialog is a circle from its first control',
  severity: 'error',
  reason: 'Windows Installer stops with an error when it shows a dialog whose tab order has an end.',
  *check(db) {
    for (const dialog of db.rows('Dialog')) {
      const found = tabOrderFault(db, dialog);
      if (found === undefined) continue;
      yield {
        at: dialog.at('Control_First'),
        found,
        wanted: 'controls that lead back to the first',
        cure: 'Correct Control_Next.',
      };
    }
  },
};

function tabOrderFault(db: DatabaseView, dialog: Row): string | undefined {
  const controls = new Map(
    db.where('Control', 'Dialog_', dialog.text('Dialog')).map((row) => [row.text('Control'), row.text('Control_Next')]),
  );
  const first = dialog.text('Control_First');
  const seen = new Set<string>();
  let current = first;
  while (!seen.has(current)) {
    const next = controls.get(current);
    if (next === undefined) return `no control ${quoted(current)}`;
    seen.add(current);
    // A control that is alone need not lead anywhere.
    if (next === '') return seen.size === 1 ? undefined : `an end at control ${quoted(current)}`;
    current = next;
  }
  return current === first ? undefined : `a circle that leaves out ${quoted(first)}`;
}

export const ice31: Rule = {
  id: 'ICE31',
  title: 'Text styles that dialogs name exist',
  severity: 'error',
  reason: 'Windows Installer stops with an error when it shows the dialog.',
  *check(db) {
    const font = db.property('DefaultUIFont');
    if (font !== undefined) yield* missingStyle(db, font, { table: 'Property', row: 'DefaultUIFont', column: 'Value' });
    for (const control of db.rows('Control')) {
      const style = /^\{&?([A-Za-z_][\w.]*)\}/.exec(control.text('Text'))?.[1];
      if (style !== undefined) yield* missingStyle(db, style, control.at('Text'));
    }
  },
};

function* missingStyle(db: DatabaseView, style: string, at: Problem['at']): Iterable<Problem> {
  if (db.find('TextStyle', style) !== undefined) return;
  yield { at, found: quoted(style), wanted: 'a row of TextStyle', cure: 'Define the style, or correct its name.' };
}

const INDIRECT = 8;

export const ice34: Rule = {
  id: 'ICE34',
  title: 'Every group of radio buttons has one of them as default',
  severity: 'error',
  reason: 'A silent installation would go on with a value that the dialog does not know.',
  *check(db) {
    for (const control of db.rows('Control')) {
      const property = control.text('Property');
      // An indirect control takes the property whose name its own property holds.
      const isIndirect = (control.number('Attributes') & INDIRECT) !== 0;
      if (control.text('Type') !== 'RadioButtonGroup' || isIndirect) continue;
      const values = db.where('RadioButton', 'Property', property).map((row) => row.text('Value'));
      const value = db.property(property);
      if (value !== undefined && values.includes(value)) continue;
      yield {
        at: control.at('Property'),
        found: value === undefined ? `no value of ${quoted(property)}` : quoted(value),
        wanted: `one of ${values.join(', ')}`,
        cure: `Set the property ${property} to the default.`,
      };
    }
  },
};
