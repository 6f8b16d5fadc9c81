/**
 * Every complaint the compiler can make about a source, with its stable code:
 * WIX1xxx preprocess and localize, WIX2xxx parse and schema, WIX3xxx lower, WIX4xxx link, WIX5xxx bind.
 */
export * from './diagnostics/bind.ts';
export * from './diagnostics/link.ts';
export * from './diagnostics/lower.ts';
export * from './diagnostics/preprocess.ts';
export * from './diagnostics/schema.ts';
