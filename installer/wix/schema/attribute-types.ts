import { codePageNumber } from '../code-page-name.ts';

/** The kinds of attribute values of the WiX v3 language. Each can judge a text and say what it wants. */
export interface AttributeType {
  /** For messages and the language reference: `yes or no`, `a GUID`, … */
  readonly wanted: string;
  readonly accepts: (value: string) => boolean;
  /** The permitted values of an enumeration; a near miss is suggested. */
  readonly values?: readonly string[];
  readonly required?: boolean;
  /** Read when the source is: a variable that gets its value later, `!(wix.X)`, cannot stand for it. */
  readonly immediate?: true;
}

export function required(type: AttributeType): AttributeType {
  return { ...type, required: true };
}

export const GUID = /^\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?$/;
export const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_.]*$/;

export const text: AttributeType = { wanted: 'text', accepts: () => true };
export const nonEmpty: AttributeType = { wanted: 'a text that is not empty', accepts: (value) => value !== '' };
export const id: AttributeType = {
  wanted: 'an identifier (a letter or underscore, then letters, digits, underscores and periods; at most 72)',
  accepts: (value) => IDENTIFIER.test(value) && value.length <= 72,
};
export const featureId: AttributeType = {
  wanted: 'an identifier of at most 38 characters',
  accepts: (value) => IDENTIFIER.test(value) && value.length <= 38,
};
export const yesNo: AttributeType = {
  wanted: 'yes or no',
  accepts: (value) => /^(?:yes|no|true|false)$/.test(value),
  immediate: true,
};
export const guid: AttributeType = { wanted: 'a GUID', accepts: (value) => GUID.test(value) };
export const guidOrStar: AttributeType = {
  wanted: 'a GUID or *',
  accepts: (value) => value === '*' || GUID.test(value),
};
export const componentGuid: AttributeType = {
  wanted: 'a GUID, * for a generated one, or nothing for an unmanaged component',
  accepts: (value) => value === '*' || value === '' || GUID.test(value),
};
export const productVersion: AttributeType = {
  wanted: 'a version a.b.c[.d] with a and b at most 255, c at most 65535',
  accepts: isProductVersion,
};
export const version: AttributeType = {
  wanted: 'a version of up to four numbers',
  accepts: (value) => /^\d{1,5}(?:\.\d{1,5}){0,3}$/.test(value),
};
export const language: AttributeType = {
  wanted: 'a decimal language id from 0 to 32767',
  accepts: (value) => inRange(value, 0, 32767),
};
export const codePage: AttributeType = {
  wanted: 'a code page by number or name, such as 1252 or utf-8',
  accepts: (value) => codePageNumber(value) !== undefined,
  immediate: true,
};
export const path: AttributeType = { wanted: 'a path', accepts: (value) => value !== '' };

export function integer(min = -2147483647, max = 2147483647): AttributeType {
  return { wanted: `an integer from ${min} to ${max}`, accepts: (value) => inRange(value, min, max), immediate: true };
}

export function oneOf(...values: readonly string[]): AttributeType {
  return {
    wanted: values.length === 1 ? `"${values[0]}"` : `one of ${values.join(', ')}`,
    values,
    immediate: true,
    accepts: (value) => values.includes(value),
  };
}

function inRange(value: string, min: number, max: number): boolean {
  return /^[+-]?\d{1,10}$/.test(value) && Number(value) >= min && Number(value) <= max;
}

/** Windows Installer ignores the fourth field, so that nothing bounds it. */
function isProductVersion(value: string): boolean {
  if (!/^\d{1,5}(?:\.\d{1,5}){0,3}$/.test(value)) return false;
  const limits = [255, 255, 65535];
  return value.split('.').every((part, index) => Number(part) <= (limits[index] ?? Number.POSITIVE_INFINITY));
}
