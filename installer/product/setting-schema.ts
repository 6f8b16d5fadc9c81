/** A product's own setting in the product file: one more public MSI property. */
import { z } from 'zod';
import { whyTaken } from './property-names.ts';

const MOST_INTEGER = 2_147_483_647;

/** Text that can stand between quotes in an MSI condition, which knows no escapes, and that is no registry type prefix. */
const plainValue = z
  .string()
  .min(1, 'expected a value, found an empty string')
  .max(255)
  .regex(/^[^"#\p{Cc}][^"\p{Cc}]*$/u, 'expected a value without quotes, control characters and a leading #');

const settingObject = z.strictObject({
  property: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'expected at most 40 upper-case letters, digits and underscores')
    .describe('Name of the public MSI property, and of the registry value that keeps it.'),
  description: z.string().min(1).max(500).describe('What it is for; one sentence, for the documentation.'),
  type: z
    .enum(['text', 'choice', 'integer', 'flag'])
    .default('text')
    .describe('What values it takes; a flag is 1 or 0. Others are refused before anything is changed.'),
  values: z.array(plainValue).min(1).max(32).optional().describe('The values of a choice.'),
  minimum: z.int().min(-MOST_INTEGER).max(MOST_INTEGER).optional().describe('The least integer.'),
  maximum: z.int().min(-MOST_INTEGER).max(MOST_INTEGER).optional().describe('The greatest integer.'),
  default: plainValue.optional().describe('The value when none is given and none is remembered.'),
  remembered: z.boolean().default(true).describe('Whether an upgrade, a repair or a new run takes the value over.'),
});

/** A setting as written, after defaults. */
export type ProductSetting = z.output<typeof settingObject>;

export const setting = settingObject.superRefine((value, context) => {
  const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const taken = whyTaken(value.property);
  if (taken !== undefined) complain('property', `expected another name: ${taken}`);
  if (value.type === 'choice' && value.values === undefined)
    complain('type', 'expected "values" beside the type choice');
  if (value.type !== 'choice' && value.values !== undefined) complain('values', 'expected only for the type choice');
  for (const bound of ['minimum', 'maximum'] as const) {
    if (value.type !== 'integer' && value[bound] !== undefined) complain(bound, 'expected only for the type integer');
  }
  const fault = value.default === undefined ? undefined : defaultFault(value, value.default);
  if (fault !== undefined) complain('default', fault);
});

function defaultFault({ type, values, minimum, maximum }: ProductSetting, text: string): string | undefined {
  switch (type) {
    case 'text':
      return undefined;
    case 'flag':
      return text === '0' || text === '1' ? undefined : 'expected "0" or "1"';
    case 'choice':
      return values === undefined || values.includes(text) ? undefined : `expected one of ${values.join(', ')}`;
    case 'integer': {
      const { least, greatest } = integerBounds({ minimum, maximum });
      const fits = /^-?\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= greatest;
      return fits ? undefined : `expected an integer from ${least} to ${greatest}`;
    }
    default:
      return type satisfies never;
  }
}

/** Windows Installer compares 32-bit integers. */
export function integerBounds(bounds: {
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}): {
  readonly least: number;
  readonly greatest: number;
} {
  return { least: bounds.minimum ?? -MOST_INTEGER, greatest: bounds.maximum ?? MOST_INTEGER };
}
