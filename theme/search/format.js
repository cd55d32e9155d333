/**
 * What the files of the search index hold, and how they are fetched and read.
 *
 * They are written by site_plugins/outputs/search, which also describes them; a number called a
 * varint there is read by Reader.number() here.
 */

const AT_ONCE = 12; // files fetched at the same time: as many as a query may cost
const KEPT = 200; // files kept in memory
export const SPAN = 2 ** 24; // an occurrence is document * SPAN + offset
export const OFFSETS = 14; // offsets in passages are known modulo this number
const CODES = 16; // what a number of a passage with offsets is parted by
const UNITS = { 1: 1, 2: 2, 3: 3, 4: 2, 5: 3 }; // units of the terms of each kind in a shard
const PLACED = [2, 3]; // the kinds whose offsets are told: pairs and triples that are not common
const [FIRST_OF_KEYS, KEY_CHARACTERS] = [0xe900, 0x700]; // private characters of titles' keys
export const ANYWHERE = (1 << OFFSETS) - 1; // the bits of more than two offsets
const TWO = []; // the bits of two offsets by their number
for (let j = 0; j < OFFSETS; j += 1) {
  for (let i = 0; i < j; i += 1) TWO.push((1 << i) | (1 << j));
}

/** An error whose message is for readers. */
export function fault(message, about) {
  return Object.assign(new Error(message), { forReaders: true, ...about });
}

const damaged = (cause) => {
  return fault("搜索数据不完整，可能是网站正在更新，或网络要先登录。请稍后再试。", { cause });
};

/** Fetches, unpacks and keeps files; a file that failed is asked for again next time. */
export class Files {
  constructor(base, options) {
    this.base = base;
    this.options = options;
    this.kept = new Map();
    this.running = 0;
    this.waiting = [];
  }

  /** What `read` makes of the bytes of a file, the same object every time. */
  get(path, read, options) {
    let file = this.kept.get(path);
    if (!file) {
      file = this.fetch(path, options).then((bytes) => {
        try {
          return read(bytes);
        } catch (error) {
          throw error.forReaders ? error : damaged(error);
        }
      });
      file.catch(() => this.kept.delete(path));
      if (this.kept.size >= KEPT) this.kept.delete(this.kept.keys().next().value);
      this.kept.set(path, file);
    }
    return file;
  }

  async fetch(path, options) {
    while (this.running >= AT_ONCE) await new Promise((go) => this.waiting.push(go));
    this.running += 1;
    try {
      return await download(this.base + path, { ...this.options, ...options });
    } finally {
      this.running -= 1;
      if (this.waiting.length) this.waiting.shift()();
    }
  }
}

async function download(address, options) {
  let response;
  let bytes;
  try {
    response = await fetch(address, options);
    bytes = response.ok && new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw fault("搜索数据没有下载成功，请检查网络后再试。", { cause: error });
  }
  if (!bytes) throw fault(`搜索数据没有下载成功（${response.status}），请稍后再试。`);
  // A server may have declared the file's own gzip as Content-Encoding: then it is unpacked.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (error) {
    throw damaged(error);
  }
}

/** Folds text as site_plugins/domain/folding.py does, with the table that came with the index. */
export class Folder {
  constructor([normalised, dropped, keys, values]) {
    this.normalised = codesOf(normalised);
    this.dropped = codesOf(dropped);
    this.pairs = new Map();
    const [from, to] = [keys, values].map((text) => text.split(" ").map((n) => parseInt(n, 36)));
    let [key, value] = [0, 0];
    from.forEach((step, at) => {
      key += step;
      value += to[at] % 2 ? -(to[at] + 1) / 2 : to[at] / 2;
      this.pairs.set(key, value);
    });
    this.known = new Map();
  }

  fold(text) {
    return compose(Array.from(text, (character) => this.character(character)).join(""));
  }

  /** The folded text and, for each of its UTF-16 units, where its original begins and ends. */
  foldWithPlaces(text) {
    let folded = "";
    let starts = [];
    let ends = [];
    let at = 0;
    for (const character of text) {
      const piece = this.character(character);
      folded += piece;
      for (let unit = 0; unit < piece.length; unit += 1) {
        starts.push(at);
        ends.push(at + character.length);
      }
      at += character.length;
    }
    for (const match of [...folded.matchAll(MARKED_LETTER)].reverse()) {
      const composed = match[0].normalize("NFC");
      const [first, last] = [match.index, match.index + match[0].length];
      const spread = (value) => new Array(composed.length).fill(value);
      folded = folded.slice(0, first) + composed + folded.slice(last);
      const end = ends[last - 1];
      starts = [...starts.slice(0, first), ...spread(starts[first]), ...starts.slice(last)];
      ends = [...ends.slice(0, first), ...spread(end), ...ends.slice(last)];
    }
    return { folded, starts, ends };
  }

  character(character) {
    let folded = this.known.get(character);
    if (folded === undefined) {
      const codes = this.normalised.has(character.codePointAt(0))
        ? Array.from(character.normalize("NFKC"), (one) => one.toLowerCase()).join("")
        : character;
      folded = "";
      for (const one of codes) {
        const code = one.codePointAt(0);
        const simplified = this.pairs.has(code) ? this.pairs.get(code) : code;
        if (!this.dropped.has(simplified)) folded += String.fromCodePoint(simplified);
      }
      this.known.set(character, folded);
    }
    return folded;
  }
}

const MARKED_LETTER =
  /[a-z\u00df-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff\u3041-\u3096\u309d-\u30ff][\u0300-\u036f\u3099\u309a]+/g;

function compose(text) {
  return text.replace(MARKED_LETTER, (match) => match.normalize("NFC"));
}

/** The set of codes in a list of ranges, see TABLE in folding.py. */
function codesOf(ranges) {
  const codes = new Set();
  let last = 0;
  for (const range of ranges.split(" ")) {
    const [gap, more] = range.split(".");
    let code = last + parseInt(gap, 36);
    last = code + parseInt(more || "0", 36);
    for (; code <= last; code += 1) codes.add(code);
  }
  return codes;
}

/** Reads numbers one after the other. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (this.at >= this.bytes.length) throw damaged();
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
}

/**
 * A shard is kept as it came: a query asks for few of its terms. One that does not lead to its end
 * is another file, or a part of one.
 */
export function readShard(bytes) {
  locate(bytes, "");
  return bytes;
}

/** Where the posting of a term lies in a shard; null if the shard has none. */
function locate(bytes, term) {
  const reader = new Reader(bytes);
  for (let kind = reader.number(); kind; kind = reader.number()) {
    const count = reader.number();
    const units = reader.at;
    const length = UNITS[kind];
    if (!length) throw damaged();
    reader.at += 2 * length * count;
    let [skipped, found] = [0, null];
    for (let row = 0; row < count; row += 1) {
      const size = reader.number();
      if (length === term.length && isTerm(bytes, units + 2 * length * row, term)) {
        found = { before: skipped, size: size >> 2, mapped: size & 2, headed: size & 1 };
      }
      skipped += size >> 2;
    }
    if (found) {
      const start = reader.at + found.before;
      return { ...found, start, end: start + found.size, kind };
    }
    reader.at += skipped;
  }
  return null;
}

function isTerm(bytes, at, term) {
  for (let unit = 0; unit < term.length; unit += 1) {
    const code = bytes[at + 2 * unit] + 256 * bytes[at + 2 * unit + 1];
    if (code !== term.charCodeAt(unit)) return false;
  }
  return true;
}

/**
 * Where a term stands: `title` and `headline` as document * SPAN + offset, `endings` those of
 * `title` where the title ends with the term, `text` the passages, `bits` for each of them the
 * offsets there, modulo OFFSETS, null where they are not told; all ascend.
 */
export function readPosting(bytes, term) {
  const posting = locate(bytes, term);
  const none = { text: new Int32Array(0), bits: null };
  const found = { title: [], endings: [], headline: [], ...none };
  if (!posting) return found;
  const reader = new Reader(bytes, posting.start);
  if (posting.headed) {
    const [titles, headlines] = [reader.number(), reader.number()];
    for (const place of readPlaces(reader, titles)) {
      const offset = place % SPAN;
      found.title.push(place - offset + (offset >> 1));
      if (offset & 1) found.endings.push(place - offset + (offset >> 1));
    }
    found.headline = readPlaces(reader, headlines);
  }
  if (posting.mapped) return { ...found, text: readMap(bytes.subarray(reader.at, posting.end)) };
  const placed = PLACED.includes(posting.kind);
  const most = posting.end - reader.at; // a passage takes a byte at least
  const text = new Int32Array(most);
  const bits = placed ? new Uint16Array(most) : null;
  let count = 0;
  for (let passage = -1; reader.at < posting.end; count += 1) {
    const number = reader.number();
    const code = placed ? number % CODES : 0;
    passage += (placed ? (number - code) / CODES : number) + 1;
    text[count] = passage;
    if (!placed) continue;
    if (code < OFFSETS) bits[count] = 1 << code;
    else bits[count] = code === OFFSETS ? TWO[reader.number()] : ANYWHERE;
  }
  return { ...found, text: text.subarray(0, count), bits: bits && bits.subarray(0, count) };
}

/** The passages whose bits are set in a map. */
function readMap(map) {
  const text = new Int32Array(8 * map.length);
  let count = 0;
  for (let at = 0; at < map.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      if ((map[at] >> bit) & 1) text[count++] = 8 * at + bit;
    }
  }
  return text.subarray(0, count);
}

function readPlaces(reader, count) {
  const found = [];
  let [owner, offset] = [-1, 0];
  while (found.length < count) {
    const number = reader.number();
    if (number & 1) offset += (number + 1) / 2;
    else [owner, offset] = [owner + number / 2 + 1, reader.number()];
    found.push(owner * SPAN + offset);
  }
  return found;
}

/** FNV-1a of the units, its upper half folded into its lower. */
export function hashOf(term) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at += 1) {
    hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The term that hardly any two titles share: two private characters, as title_keys.py has it. */
export function titleKey(title) {
  const hash = hashOf(title);
  const characters = [Math.floor(hash / KEY_CHARACTERS), hash].map((part) => part % KEY_CHARACTERS);
  return String.fromCharCode(...characters.map((number) => FIRST_OF_KEYS + number));
}

/** The file of a shard or of texts: its number is parted into folder and name. */
export function pathOf(folder, number) {
  const [high, low] = [number >> 8, number & 255].map((part) => part.toString(16).padStart(2, "0"));
  return `${folder}/${high}/${low}.bin`;
}
