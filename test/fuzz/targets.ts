/** Every reader of foreign bytes, with inputs that damage it in ways it has to answer: success or a typed error. */
import { ToolError } from '../../installer/errors.ts';
import { FormatError } from '../../installer/formats/format-error.ts';
import { Random } from './random.ts';
import { cabTarget } from './targets/cab.ts';
import { cfbTarget } from './targets/cfb.ts';
import { msiTarget } from './targets/msi.ts';
import { mstTarget } from './targets/mst.ts';
import { peTarget } from './targets/pe.ts';
import { productTarget } from './targets/product.ts';
import { wixTarget } from './targets/wix.ts';

export interface FuzzTarget {
  readonly name: string;
  readonly description: string;
  /** Made once; what it returns gives a new input for each generator. */
  prepare(): Promise<(random: Random) => Uint8Array | Promise<Uint8Array>>;
  /**
   * Reads all there is to read. True when the input was accepted; an input that is refused gives false, `FormatError` or
   * `ToolError`. Anything else that is thrown is a fault.
   */
  read(input: Uint8Array): Promise<boolean>;
}

export const fuzzTargets: readonly FuzzTarget[] = [
  msiTarget,
  mstTarget,
  cabTarget,
  cfbTarget,
  peTarget,
  wixTarget,
  productTarget,
];

/** The generator of input number `index`: each can be made again without those before it. */
export function randomFor(target: string, seed: string, index: number): Random {
  return new Random(`${seed}/${target}/${index}`);
}

export type FuzzOutcome =
  | { readonly kind: 'accepted' | 'refused' }
  | { readonly kind: 'fault'; readonly error: unknown };

/** One input through a reader. A fault is anything thrown but the typed errors. */
export async function readOnce(target: FuzzTarget, input: Uint8Array): Promise<FuzzOutcome> {
  try {
    return { kind: (await target.read(input)) ? 'accepted' : 'refused' };
  } catch (error) {
    if (error instanceof FormatError || error instanceof ToolError) return { kind: 'refused' };
    return { kind: 'fault', error };
  }
}
