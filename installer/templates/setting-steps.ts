/** Properties without rules of their own: remembered, then default; and what may not be in them. */
import { describeAllowed, type Setting } from '../product/settings.ts';
import { refuse, type Step, set, textOf } from './step.ts';
import { formatted, formattedLiteral } from './wix-text.ts';

/** A given value wins over the remembered one, and that over the default. */
export function settingSteps({ property, remembered, defaultValue }: Setting): readonly Step[] {
  const missing = `NOT ${property}`;
  return [
    ...(remembered
      ? [
          set(property, textOf(`REMEMBERED_${property}`), {
            variant: 'Remembered',
            condition: `${missing} AND REMEMBERED_${property}`,
          }),
        ]
      : []),
    ...(defaultValue === undefined
      ? []
      : [set(property, formattedLiteral(defaultValue), { variant: 'Default', condition: missing })]),
  ];
}

/** None for values that other steps look at. */
export function settingRefusals({ property, allowed }: Setting): readonly Step[] {
  const expected = formattedLiteral(shortened(describeAllowed(allowed)));
  const refusal = (condition: string): Step =>
    refuse(property, condition, formatted(`${property} is "[${property}]", expected ${expected}.`));
  switch (allowed.kind) {
    case 'choice':
      return choiceRefusal(property, allowed.values, refusal);
    case 'flag':
      return [refusal(`${property} AND NOT (${property} = "1" OR ${property} = "0")`)];
    case 'integer':
      return [refusal(`${property} AND NOT (${property} >= ${allowed.least} AND ${property} <= ${allowed.greatest})`)];
    case 'text':
      // Written to the registry, a leading # would tell the type of the value.
      return [refusal(`${property} << "#"`)];
    case 'folder':
    case 'account':
    case 'password':
      return [];
    default:
      return allowed satisfies never;
  }
}

/** A condition holds 255 characters, so each value has a step of its own. */
function choiceRefusal(property: string, values: readonly string[], refusal: (condition: string) => Step): Step[] {
  const accepted = `Accepted_${property}`;
  return [
    ...values.map((value, index) =>
      set(accepted, formatted('1'), { variant: `_${index}`, condition: `${property} = "${value}"` }),
    ),
    refusal(`${property} AND NOT ${accepted}`),
  ];
}

/** The text of an error holds 255 characters, the name and value of the property among them. */
const shortened = (text: string): string => (text.length <= 140 ? text : 'a value that its documentation names');
