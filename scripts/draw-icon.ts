/** Draws `installer/vigil.ico`: an open eye. Run it after changing the drawing; the result is kept in the repository. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { projectRoot } from './lib/project.ts';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const transparent: Colour = [0, 0, 0, 0];
const night: Colour = [18, 52, 74, 255];
const white: Colour = [240, 246, 250, 255];
const iris: Colour = [38, 166, 154, 255];
const samplesPerAxis = 4;

/** Sizes that Explorer asks for. 256 is kept as PNG, as Windows wants it; the others as bitmaps, which every program reads. */
const sizes = [16, 24, 32, 48, 64, 256];

const images = sizes.map((size) => ({
  size,
  bytes: size === 256 ? encodePng(draw(size), size) : encodeBitmap(draw(size), size),
}));
await writeFile(join(projectRoot, 'installer', 'vigil.ico'), encodeIcon(images));

/** Colour at a point of the unit square. */
function colourAt(x: number, y: number): Colour {
  const [dx, dy] = [x - 0.5, y - 0.5];
  if (!insideRoundedSquare(dx, dy)) return transparent;
  const fromCentre = Math.hypot(dx, dy);
  if (fromCentre < 0.075) return night;
  if (fromCentre < 0.165) return iris;
  return insideEye(dx, dy) ? white : night;
}

function insideRoundedSquare(dx: number, dy: number): boolean {
  const [half, radius] = [0.48, 0.14];
  const [outsideX, outsideY] = [Math.abs(dx) - (half - radius), Math.abs(dy) - (half - radius)];
  return Math.hypot(Math.max(outsideX, 0), Math.max(outsideY, 0)) < radius;
}

/** The lens where two circles meet. */
function insideEye(dx: number, dy: number): boolean {
  const [radius, offset] = [0.44, 0.22];
  return Math.hypot(dx, dy - offset) < radius && Math.hypot(dx, dy + offset) < radius;
}

/** RGBA rows from the top, each pixel the mean of several points. */
function draw(size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  for (let index = 0; index < size * size; index++) {
    pixels.set(meanColour((index % size) / size, Math.floor(index / size) / size, 1 / size), index * 4);
  }
  return pixels;
}

function meanColour(left: number, top: number, width: number): number[] {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < samplesPerAxis ** 2; sample++) {
    const x = left + (((sample % samplesPerAxis) + 0.5) / samplesPerAxis) * width;
    const y = top + ((Math.floor(sample / samplesPerAxis) + 0.5) / samplesPerAxis) * width;
    const [red, green, blue, alpha] = colourAt(x, y);
    for (const [channel, value] of [red * alpha, green * alpha, blue * alpha, alpha].entries()) {
      sum[channel] = (sum[channel] ?? 0) + value;
    }
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  return alpha === 0
    ? [0, 0, 0, 0]
    : [...[red, green, blue].map((value) => Math.round(value / alpha)), Math.round(alpha / samplesPerAxis ** 2)];
}

/** BITMAPINFOHEADER with doubled height, BGRA rows from the bottom, then an empty AND mask (ICO format). */
function encodeBitmap(rgba: Buffer, size: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const rows = Array.from({ length: size }, (_, row) =>
    rgba.subarray((size - 1 - row) * size * 4, (size - row) * size * 4),
  );
  const bgra = Buffer.concat(rows);
  for (let at = 0; at < bgra.length; at += 4) {
    [bgra[at], bgra[at + 2]] = [bgra[at + 2] ?? 0, bgra[at] ?? 0];
  }
  return Buffer.concat([header, bgra, Buffer.alloc(Math.ceil(size / 32) * 4 * size)]);
}

function encodePng(rgba: Buffer, size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, row) => [
    Buffer.alloc(1),
    rgba.subarray(row * size * 4, (row + 1) * size * 4),
  ]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows.flat()), { level: 9 });
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

/** ICONDIR, one ICONDIRENTRY per image, then the images (ICO format). A size of 256 is written as 0. */
function encodeIcon(images: readonly { readonly size: number; readonly bytes: Buffer }[]): Buffer {
  const directory = Buffer.alloc(6 + images.length * 16);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(images.length, 4);
  let offset = directory.length;
  for (const [index, { size, bytes }] of images.entries()) {
    const at = 6 + index * 16;
    directory.set([size % 256, size % 256], at);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(bytes.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  }
  return Buffer.concat([directory, ...images.map(({ bytes }) => bytes)]);
}
