/** Transforms (`.mst`): the changes that turn one database into another. */
export { applyTransform } from './apply-transform.ts';
export { VALIDATE } from './constants.ts';
export { decodeTransform } from './decode-transform.ts';
export { encodeTransform } from './encode-transform.ts';
export { makeTransform, type TransformOptions } from './make-transform.ts';
export type { DecodedTransform, MsiTransform, RowChange, TableChange } from './model.ts';
export { failedConditions, readConditions, type TransformConditions } from './transform-conditions.ts';
