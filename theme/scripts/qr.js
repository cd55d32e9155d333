/**
 * QR codes (ISO/IEC 18004) for web addresses: byte mode, error correction level M, versions 1 to 10.
 *
 * matrix(text) gives rows of booleans, true = dark; draw(text) an SVG element. A text of more than
 * 213 bytes raises RangeError.
 */

// Per version: error correction codewords of a block, then [blocks, data codewords of a block] …
const BLOCKS = [
  null,
  [10, [1, 16]],
  [16, [1, 28]],
  [26, [1, 44]],
  [18, [2, 32]],
  [24, [2, 43]],
  [16, [4, 27]],
  [18, [4, 31]],
  [22, [2, 38], [2, 39]],
  [22, [3, 36], [2, 37]],
  [26, [4, 43], [1, 44]],
];
const ALIGNMENT = [
  null, [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34],
  [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
];
const MASKS = [
  (r, c) => (r + c) % 2,
  (r) => r % 2,
  (r, c) => c % 3,
  (r, c) => (r + c) % 3,
  (r, c) => ((r >> 1) + Math.floor(c / 3)) % 2,
  (r, c) => ((r * c) % 2) + ((r * c) % 3),
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2,
];

// Powers and logarithms of GF(256) with the polynomial 0x11d.
const EXP = [];
const LOG = [];
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value > 127 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0);

/** The remainder of data by the generator polynomial of the given degree. */
function correction(data, degree) {
  let generator = [1];
  for (let root = 0; root < degree; root += 1) {
    const next = generator.concat(0);
    generator.forEach((factor, at) => { next[at + 1] ^= times(factor, EXP[root]); });
    generator = next;
  }
  const rest = data.concat(new Array(degree).fill(0));
  for (let at = 0; at < data.length; at += 1) {
    const lead = rest[at];
    if (lead) generator.forEach((factor, step) => { rest[at + step] ^= times(factor, lead); });
  }
  return rest.slice(data.length);
}

const capacity = (version) => BLOCKS[version].slice(1).reduce((sum, [n, size]) => sum + n * size, 0);

/** Mode, length, bytes and padding as data codewords. */
function codewords(bytes, version) {
  const bits = [];
  const put = (value, length) => {
    for (let at = length - 1; at >= 0; at -= 1) bits.push((value >> at) & 1);
  };
  const total = capacity(version);
  put(4, 4);
  put(bytes.length, version > 9 ? 16 : 8);
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, total * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const words = [];
  for (let at = 0; at < bits.length; at += 8) {
    words.push(bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit, 0));
  }
  for (let pad = 0xec; words.length < total; pad ^= 0xfd) words.push(pad);
  return words;
}

/** Data and correction codewords of all blocks in the order in which they are drawn. */
function interleaved(words, version) {
  const [degree, ...groups] = BLOCKS[version];
  const blocks = [];
  let from = 0;
  groups.forEach(([count, size]) => {
    for (let n = 0; n < count; n += 1, from += size) blocks.push(words.slice(from, from + size));
  });
  const result = [];
  const weave = (lists) => {
    const longest = Math.max(...lists.map((list) => list.length));
    for (let at = 0; at < longest; at += 1) {
      lists.forEach((list) => { if (at < list.length) result.push(list[at]); });
    }
  };
  weave(blocks);
  weave(blocks.map((block) => correction(block, degree)));
  return result;
}

/** A value with the remainder of its division by a generator, as format and version bits are coded. */
function coded(value, generator, degree) {
  let rest = value << degree;
  for (let at = 31 - Math.clz32(rest); at >= degree; at -= 1) {
    if ((rest >> at) & 1) rest ^= generator << (at - degree);
  }
  return (value << degree) | rest;
}

/** Grid with finder, timing, alignment and version patterns; null where data will stand. */
function patterns(version) {
  const size = version * 4 + 17;
  const grid = Array.from({ length: size }, () => new Array(size).fill(null));
  const square = (row, column, radius, dark) => {
    for (let r = -radius; r <= radius; r += 1) {
      for (let c = -radius; c <= radius; c += 1) {
        const line = grid[row + r];
        if (line && line[column + c] !== undefined) {
          line[column + c] = dark(Math.max(Math.abs(r), Math.abs(c)));
        }
      }
    }
  };
  [[3, 3], [3, size - 4], [size - 4, 3]].forEach(([row, column]) => {
    square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  });
  ALIGNMENT[version].forEach((row, y, places) => places.forEach((column, x) => {
    const last = places.length - 1;
    const finder = (!x && !y) || (!x && y === last) || (x === last && !y);
    if (!finder) square(row, column, 2, (ring) => ring !== 1);
  }));
  for (let at = 8; at < size - 8; at += 1) {
    grid[6][at] = at % 2 === 0;
    grid[at][6] = at % 2 === 0;
  }
  for (let at = 0; at < 9; at += 1) {
    // room for the format bits; the timing patterns are already there
    if (grid[8][at] === null) grid[8][at] = false;
    if (grid[at][8] === null) grid[at][8] = false;
    if (at < 8) {
      grid[8][size - 1 - at] = false;
      grid[size - 1 - at][8] = false;
    }
  }
  if (version > 6) {
    const bits = coded(version, 0x1f25, 12);
    for (let at = 0; at < 18; at += 1) {
      const dark = ((bits >> at) & 1) === 1;
      grid[Math.floor(at / 3)][size - 11 + (at % 3)] = dark;
      grid[size - 11 + (at % 3)][Math.floor(at / 3)] = dark;
    }
  }
  return grid;
}

/** The pattern filled with the data under a mask, with its format bits. */
function filled(pattern, words, mask) {
  const size = pattern.length;
  const grid = pattern.map((row) => row.slice());
  let bit = 0;
  let up = true;
  for (let right = size - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      [right, right - 1].forEach((column) => {
        if (grid[row][column] !== null) return;
        const dark = bit < words.length * 8 && (words[bit >> 3] >> (7 - (bit & 7))) & 1;
        grid[row][column] = Boolean(dark) !== (MASKS[mask](row, column) === 0);
        bit += 1;
      });
    }
  }
  const format = coded(mask, 0x537, 10) ^ 0x5412; // level M is 00
  for (let at = 0; at < 15; at += 1) {
    const dark = ((format >> at) & 1) === 1;
    grid[at < 6 ? at : at < 8 ? at + 1 : size - 15 + at][8] = dark;
    grid[8][at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at] = dark;
  }
  grid[size - 8][8] = true;
  return grid;
}

/** How hard a grid is to read; the mask with the least is taken. */
function penalty(grid) {
  const size = grid.length;
  let sum = 0;
  let dark = 0;
  const lines = grid.concat(grid.map((_, at) => grid.map((row) => row[at])));
  lines.forEach((line) => {
    const text = line.map(Number).join("");
    (text.match(/0{5,}|1{5,}/g) || []).forEach((run) => { sum += run.length - 2; });
    for (let at = 0; at + 11 <= size; at += 1) {
      const part = text.slice(at, at + 11);
      if (part === "10111010000" || part === "00001011101") sum += 40;
    }
  });
  grid.forEach((row, r) => row.forEach((value, c) => {
    dark += value;
    if (r && c && value === row[c - 1] && value === grid[r - 1][c] && value === grid[r - 1][c - 1]) sum += 3;
  }));
  return sum + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10));
}

/** Rows of booleans, true = dark, without the quiet zone. */
export function matrix(text) {
  const bytes = Array.from(new TextEncoder().encode(text));
  let version = 1;
  while (version < 11 && bytes.length + (version > 9 ? 3 : 2) > capacity(version)) version += 1;
  if (version > 10) throw new RangeError("text too long for a QR code");
  const words = interleaved(codewords(bytes, version), version);
  const pattern = patterns(version);
  return MASKS.map((_, mask) => filled(pattern, words, mask))
    .map((grid) => [penalty(grid), grid])
    .reduce((best, next) => (next[0] < best[0] ? next : best))[1];
}

/** An SVG element with a quiet zone of four modules. */
export function draw(text) {
  const grid = matrix(text);
  const size = grid.length + 8;
  let path = "";
  grid.forEach((row, r) => row.forEach((dark, c) => {
    if (dark) path += `M${c + 4} ${r + 4}h1v1h-1z`;
  }));
  const make = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(attributes).forEach((key) => element.setAttribute(key, attributes[key]));
    return element;
  };
  const svg = make("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": "本页网址的二维码", "shape-rendering": "crispEdges" });
  svg.append(make("path", { fill: "#fff", d: `M0 0h${size}v${size}H0z` }), make("path", { d: path }));
  return svg;
}
