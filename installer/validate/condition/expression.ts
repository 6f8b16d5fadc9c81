/** A condition of Windows Installer as a tree. Source: "Conditional Statement Syntax". */
export type Comparison = '=' | '<>' | '>' | '<' | '>=' | '<=' | '><' | '<<' | '>>';
export type Junction = 'and' | 'or' | 'xor' | 'eqv' | 'imp';

/** What a name in a condition stands for, told by the sign before it. */
export type ReferenceKind =
  | 'property'
  | 'environment'
  | 'component-action'
  | 'component-state'
  | 'feature-action'
  | 'feature-state';

export interface Reference {
  readonly type: 'reference';
  readonly kind: ReferenceKind;
  readonly name: string;
}

export type Value =
  | Reference
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number };

export type Expression =
  | { readonly type: 'value'; readonly value: Value }
  | {
      readonly type: 'comparison';
      readonly operator: Comparison;
      readonly ignoreCase: boolean;
      readonly left: Value;
      readonly right: Value;
    }
  | { readonly type: 'not'; readonly operand: Expression }
  | { readonly type: 'junction'; readonly operator: Junction; readonly left: Expression; readonly right: Expression };

/** Every name in a condition, in the order of the text. */
export function* referencesIn(expression: Expression): Generator<Reference> {
  switch (expression.type) {
    case 'value':
      if (expression.value.type === 'reference') yield expression.value;
      return;
    case 'comparison':
      for (const side of [expression.left, expression.right]) if (side.type === 'reference') yield side;
      return;
    case 'not':
      yield* referencesIn(expression.operand);
      return;
    case 'junction':
      yield* referencesIn(expression.left);
      yield* referencesIn(expression.right);
      return;
    default:
      expression satisfies never;
  }
}
