/** Frames that are translated at all, and the end of a frame where no call is looked for ([MS-PATCH] 2.1.2). */
const MAX_FRAMES = 32_768;
const LAST_CALL_SIZE = 10;
const CALL = 0xe8;

/**
 * Turns the absolute targets of x86 calls (`E8`) back into relative ones, in place. The encoder made them absolute so that
 * calls of one function look alike. `position` is that of the frame in the folder, `imageSize` what the stream began with.
 */
export function translateCalls(
  frame: Uint8Array,
  { position, imageSize }: { position: number; imageSize: number },
): void {
  if (position >= MAX_FRAMES * 32_768) return;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  for (let at = 0; at < frame.byteLength - LAST_CALL_SIZE; at++) {
    if (frame[at] !== CALL) continue;
    const target = view.getInt32(at + 1, true);
    const current = position + at;
    if (target >= -current && target < imageSize) {
      view.setInt32(at + 1, target >= 0 ? target - current : target + imageSize, true);
    }
    at += 4;
  }
}
