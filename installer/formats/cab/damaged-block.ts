/** What a decoder finds wrong with the data of a block, as a clause: its caller knows which block of which member it is. */
export class DamagedBlock extends Error {
  readonly code = 'damaged-block';
  override readonly name = 'DamagedBlock';
}
