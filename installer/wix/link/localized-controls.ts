import type { LocalizedControl } from '../localize/read-localization.ts';
import type { RowSymbol } from '../symbols.ts';

/** Rows of Dialog and Control with the places, bits and texts that a culture has of its own. */
export function localizeControls(
  rows: readonly RowSymbol[],
  controls: readonly LocalizedControl[],
): readonly RowSymbol[] {
  if (controls.length === 0) return rows;
  return rows.map((row) => {
    const { table, cells } = row;
    const isDialog = table === 'Dialog';
    if (!isDialog && table !== 'Control') return row;
    const localized = controls.find(({ dialog, control }) =>
      isDialog
        ? dialog === cells.Dialog && control === undefined
        : dialog === cells.Dialog_ && control === cells.Control,
    );
    if (localized === undefined) return row;
    const { X, Y, Width, Height } = localized.place;
    const own = {
      ...given(isDialog ? 'HCentering' : 'X', X),
      ...given(isDialog ? 'VCentering' : 'Y', Y),
      ...given('Width', Width),
      ...given('Height', Height),
      ...given(isDialog ? 'Title' : 'Text', localized.text),
      Attributes: Number(cells.Attributes) | localized.attributes[isDialog ? 'dialog' : 'control'],
    };
    return { ...row, cells: { ...cells, ...own } };
  });
}

function given(name: string, value: number | string | undefined): RowSymbol['cells'] {
  return value === undefined ? {} : { [name]: value };
}
