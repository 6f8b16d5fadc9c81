/**
 * What the package decides before it changes anything: a list of steps, each a custom action of type 51 (sets a property)
 * or 19 (ends the run with a message). They run in the order of the list, in the UI and in the execute sequence alike;
 * running twice changes nothing.
 */
import { formatted, literal, type WixText } from './wix-text.ts';

export type Step =
  | {
      readonly kind: 'set';
      readonly id: string;
      readonly property: string;
      /** Formatted by Windows Installer. */
      readonly value: WixText;
      /** A condition as Windows Installer has it; undefined: always. */
      readonly condition: string | undefined;
    }
  | {
      readonly kind: 'refuse';
      readonly id: string;
      /** Formatted by Windows Installer. */
      readonly message: WixText;
      readonly condition: string;
    };

/** A step as the template prints it: exactly one of `set` and `refuse` is there. */
export interface StepView {
  readonly id: string;
  /** The action before it. */
  readonly after: string;
  readonly condition: WixText;
  readonly set: { readonly property: string; readonly value: WixText } | undefined;
  readonly refuse: { readonly message: WixText } | undefined;
}

/** Sets `property` to what `value` formats to. `variant` tells several steps for one property apart. */
export function set(property: string, value: WixText, at: { variant?: string; condition?: string } = {}): Step {
  const { variant = '', condition } = at;
  return { kind: 'set', id: `Set${property}${variant}`, property, value, condition };
}

/** The text of `property` at the time of the step. */
export function textOf(property: string): WixText {
  return formatted(`[${property}]`);
}

/** Ends the run when `condition` holds, unless the product is being removed: a removal is never refused. */
export function refuse(id: string, condition: string, message: WixText): Step {
  return { kind: 'refuse', id: `Refuse${id}`, condition: `NOT (${removing}) AND (${condition})`, message };
}

/** Holds when the whole product is removed, by a user or by an upgrade. */
export const removing = 'REMOVE ~= "ALL"';

/** The steps one after the other, the first after action `anchor`. */
export function chain(anchor: string, steps: readonly Step[]): readonly StepView[] {
  return steps.map((step, index) => ({
    id: step.id,
    after: steps[index - 1]?.id ?? anchor,
    condition: literal(step.condition ?? ''),
    set: step.kind === 'set' ? { property: step.property, value: step.value } : undefined,
    refuse: step.kind === 'refuse' ? { message: step.message } : undefined,
  }));
}
