/** Modules of a QR code without its quiet zone, row by row, true where dark. */
export type Modules = readonly (readonly boolean[])[];

/** Data codewords in each of the equally long blocks of level M, by version (ISO/IEC 18004, table 9). */
const blocksOfLevelM: Readonly<Record<number, { readonly blocks: number; readonly data: number }>> = {
  1: { blocks: 1, data: 16 },
  2: { blocks: 1, data: 28 },
  3: { blocks: 1, data: 44 },
  4: { blocks: 2, data: 32 },
  5: { blocks: 2, data: 43 },
  6: { blocks: 4, data: 27 },
};

const LEVEL_M = 0b00;
const FORMAT_MASK = 0b101_0100_0001_0010;
const BYTE_MODE = 0b0100;

/** Whether a mask turns the module over, by the number of the mask (ISO/IEC 18004, table 10). */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * Reads a clean QR code of level M as a telephone would, but without mending errors: a wrong module is a wrong text.
 * Versions 1 to 6, which hold every recovery key.
 */
export function readQr(modules: Modules): string {
  const size = modules.length;
  const layout = blocksOfLevelM[(size - 17) / 4];
  if (!layout) throw new Error(`no QR code of version 1 to 6: ${String(size)} modules`);
  const format = formatOf(modules);
  if (format >> 13 !== LEVEL_M) throw new Error("not of level M");
  const isTurned = masks[(format >> 10) & 0b111];
  const bits: boolean[] = [];
  for (const [x, y] of dataModules(size)) bits.push((modules[y]?.[x] ?? false) !== (isTurned?.(x, y) ?? false));
  const codewords = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    number(bits.slice(at * 8, at * 8 + 8)),
  );
  const { blocks, data } = layout;
  const bytes = Array.from(
    { length: blocks * data },
    (_, at) => codewords[(at % data) * blocks + Math.floor(at / data)],
  );
  const stream = bytes.flatMap((byte = 0) => Array.from({ length: 8 }, (_, bit) => ((byte >> (7 - bit)) & 1) === 1));
  if (number(stream.slice(0, 4)) !== BYTE_MODE) throw new Error("not in byte mode");
  const length = number(stream.slice(4, 12));
  const text = Array.from({ length }, (_, at) => number(stream.slice(12 + at * 8, 20 + at * 8)));
  return new TextDecoder().decode(Uint8Array.from(text));
}

function number(bits: readonly boolean[]): number {
  return bits.reduce((sum, bit) => sum * 2 + Number(bit), 0);
}

/** The fifteen bits beside the finder in the upper left corner, unmasked. */
function formatOf(modules: Modules): number {
  const places: readonly (readonly [x: number, y: number])[] = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((y) => [8, y] as const),
    ...[7, 5, 4, 3, 2, 1, 0].map((x) => [x, 8] as const),
  ];
  return number(places.map(([x, y]) => modules[y]?.[x] ?? false).toReversed()) ^ FORMAT_MASK;
}

/** Where the codewords lie: pairs of columns from the right, upwards and downwards in turn, past the patterns. */
function* dataModules(size: number): Generator<readonly [x: number, y: number]> {
  let isUpward = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (!isPattern(size, x, y)) yield [x, y];
    }
    isUpward = !isUpward;
  }
}

function isPattern(size: number, x: number, y: number): boolean {
  const isFinder = (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8);
  const isTiming = x === 6 || y === 6;
  const centre = size - 7;
  const isAlignment = size > 21 && Math.abs(x - centre) <= 2 && Math.abs(y - centre) <= 2;
  return isFinder || isTiming || isAlignment;
}
