/**
 * The part of code page 949 that Node's `euc-kr` decoder lacks, although the WHATWG standard has it: the 8,822 Hangul
 * syllables outside KS X 1001, in Unicode order. Lead bytes 0x81 to 0xA0 have all 178 trail bytes, later ones the first 84.
 */
const FULL_TRAILS = [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, 0xfe)];
const SHORT_TRAIL_COUNT = 84;
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;

let extension: ReadonlyMap<number, string> | undefined;

/** Characters by code (lead byte times 256 plus trail byte), without those that the decoder knows. */
export function koreanExtension(): ReadonlyMap<number, string> {
  extension ??= buildExtension();
  return extension;
}

/** Decodes page 949; what is no text becomes U+FFFD. */
export function decodeKorean(bytes: Uint8Array): string {
  const decoder = new TextDecoder('euc-kr');
  const known = koreanExtension();
  let text = '';
  let pendingFrom = 0;
  for (let at = 0; at < bytes.byteLength; ) {
    const lead = bytes[at] ?? 0;
    const character = lead < 0x80 ? undefined : known.get(lead * 0x100 + (bytes[at + 1] ?? 0));
    if (character !== undefined) {
      text += decoder.decode(bytes.subarray(pendingFrom, at)) + character;
      pendingFrom = at + 2;
    }
    at += lead < 0x80 ? 1 : 2;
  }
  return text + decoder.decode(bytes.subarray(pendingFrom));
}

function buildExtension(): ReadonlyMap<number, string> {
  const decoder = new TextDecoder('euc-kr');
  const standard = new Set<string>();
  for (const lead of range(0xa1, 0xfe)) {
    for (const trail of range(0xa1, 0xfe)) standard.add(decoder.decode(Uint8Array.of(lead, trail)));
  }
  const syllables = range(FIRST_SYLLABLE, LAST_SYLLABLE)
    .map((unit) => String.fromCharCode(unit))
    .filter((syllable) => !standard.has(syllable));
  const codes = range(0x81, 0xc6).flatMap((lead) => {
    const trails = lead <= 0xa0 ? FULL_TRAILS : FULL_TRAILS.slice(0, SHORT_TRAIL_COUNT);
    return trails.map((trail) => lead * 0x100 + trail);
  });
  return new Map(syllables.map((syllable, index) => [codes[index] ?? 0, syllable]));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
