import type { IngestLimits } from '../types.ts';
import type { SyntaxSink } from './locate.ts';
import { excerpt, formatCount, Refusal } from './refusal.ts';
import { positionAt } from './source-text.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

interface JsonSyntaxError {
  offset: number;
  message: string;
}

/**
 * Bounds depth and size before anything is built, in one pass over the bytes. Structure is told from string content only: what is not
 * JSON is found by the parser. Returns how many keys are written, duplicates included.
 * @throws Refusal (`depth`, `nodes`)
 */
export const measureJson = (source: Uint8Array, text: string, limits: IngestLimits): number => {
  let depth = 0;
  let nodes = 1;
  let keys = 0;
  for (let at = 0; at < source.length; at++) {
    const byte = source[at];
    if (byte === QUOTE) {
      at = endOfString(source, at);
    } else if (byte === 58 /* : */) {
      keys++;
    } else if (byte === 44 /* , */) {
      if (++nodes > limits.maxNodes) throw tooManyNodes(limits);
    } else if (byte === 123 /* { */ || byte === 91 /* [ */) {
      nodes++;
      if (++depth > limits.maxDepth) throw tooDeep(text, offsetOfDepth(text, limits.maxDepth + 1), limits);
    } else if (byte === 125 /* } */ || byte === 93 /* ] */) {
      depth--;
    }
  }
  return keys;
};

const endOfString = (source: Uint8Array, start: number): number => {
  let at = start + 1;
  for (; at < source.length; at++) {
    const byte = source[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
  }
  return at;
};

/** Offset, in characters, of the bracket that first opens the given depth. */
const offsetOfDepth = (text: string, wanted: number): number => {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (character === '{' || character === '[') {
      if (++depth === wanted) return at;
    } else if (character === '}' || character === ']') {
      depth--;
    }
  }
  return 0;
};

/** The refusal of a document that nests too deeply. */
export const tooDeep = (text: string, offset: number, limits: IngestLimits): Refusal =>
  new Refusal('depth', `The document nests more than ${formatCount(limits.maxDepth)} levels deep.`, positionAt(text, offset));

/** The refusal of a document with too many nodes. */
export const tooManyNodes = (limits: IngestLimits): Refusal =>
  new Refusal(
    'nodes',
    `The document has more than ${formatCount(limits.maxNodes)} nodes (keys and values; a YAML alias counts as often as it is used).`,
  );

/**
 * Parses JSON (RFC 8259).
 * @throws Refusal (`json-syntax`) with line and column
 */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = readJson(text, SILENT);
    const message = found?.message ?? (error instanceof Error ? error.message : 'cannot be read');
    throw new Refusal(
      'json-syntax',
      `The document is not valid JSON: ${message}.`,
      positionAt(text, found?.offset ?? text.length),
    );
  }
};

const SILENT: SyntaxSink = { open: () => true, scalar: () => {}, close: () => {} };

/**
 * The first key that its object already has.
 * @returns its offset and name, or undefined if all keys differ
 */
export const findDuplicateKey = (text: string): { offset: number; key: string } | undefined => {
  const frames: ({ keys: Set<string>; expectsKey: boolean } | undefined)[] = [];
  let duplicate: { offset: number; key: string } | undefined;
  const valueDone = (): void => {
    const frame = frames.at(-1);
    if (frame) frame.expectsKey = true;
  };
  readJson(text, {
    open: (kind) => frames.push(kind === 'mapping' ? { keys: new Set(), expectsKey: true } : undefined) > 0,
    scalar: (offset, read) => {
      const frame = frames.at(-1);
      if (!frame?.expectsKey) return valueDone();
      frame.expectsKey = false;
      const key = read();
      if (frame.keys.has(key)) duplicate ??= { offset, key };
      frame.keys.add(key);
    },
    close: () => {
      frames.pop();
      valueDone();
    },
  });
  return duplicate;
};

/**
 * Reads JSON token by token without recursion, telling the sink what stands where.
 * @returns the first syntax error, or undefined
 */
export const readJson = (text: string, sink: SyntaxSink): JsonSyntaxError | undefined => {
  const open: ('mapping' | 'sequence')[] = [];
  let at = skipSpace(text, 0);
  let expects: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'next' = 'value';
  for (;;) {
    const character = text[at];
    if (character === undefined) {
      return { offset: at, message: 'it ends before it is complete' };
    }
    if (
      (character === '}' && open.at(-1) === 'mapping' && (expects === 'key-or-end' || expects === 'next')) ||
      (character === ']' && open.at(-1) === 'sequence' && (expects === 'value-or-end' || expects === 'next'))
    ) {
      open.pop();
      sink.close();
      at++;
      expects = 'next';
    } else if (expects === 'next') {
      if (character !== ',') return unexpected(text, at, open.at(-1) === 'mapping' ? '“,” or “}”' : '“,” or “]”');
      at++;
      expects = open.at(-1) === 'mapping' ? 'key' : 'value';
    } else if (expects === 'key' || expects === 'key-or-end') {
      if (character !== '"')
        return unexpected(text, at, expects === 'key' ? 'a key in double quotes' : 'a key in double quotes or “}”');
      const end = readString(text, at);
      if (typeof end !== 'number') return end;
      const start = at;
      sink.scalar(start, () => String(JSON.parse(text.slice(start, end))));
      at = skipSpace(text, end);
      if (text[at] !== ':')
        return text[at] === undefined ? { offset: at, message: 'it ends before it is complete' } : unexpected(text, at, '“:”');
      at++;
      expects = 'value';
    } else if (character === '{' || character === '[') {
      const kind = character === '{' ? 'mapping' : 'sequence';
      if (sink.open(kind, at)) {
        open.push(kind);
        at++;
        expects = kind === 'mapping' ? 'key-or-end' : 'value-or-end';
      } else {
        at = endOfNested(text, at);
        sink.close();
        expects = 'next';
      }
    } else {
      const end = character === '"' ? readString(text, at) : readScalar(text, at);
      if (typeof end !== 'number') return end;
      const start = at;
      sink.scalar(start, () => String(JSON.parse(text.slice(start, end))));
      at = end;
      expects = 'next';
    }
    at = skipSpace(text, at);
    if (expects === 'next' && open.length === 0)
      return at < text.length ? unexpected(text, at, 'the end of the document') : undefined;
  }
};

/** The end of a mapping or sequence whose syntax is known to be right. */
const endOfNested = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at);
    else if (code === 123 /* { */ || code === 91 /* [ */) depth++;
    else if ((code === 125 /* } */ || code === 93) /* ] */ && --depth === 0) return at + 1;
  }
  return text.length;
};

/** The quote that ends a string: one that an even number of backslashes precedes. */
const closingQuote = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((at - before) % 2 === 0) return at;
  }
  return text.length;
};

const skipSpace = (text: string, at: number): number => {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
};

const readScalar = (text: string, at: number): number | JsonSyntaxError => {
  SCALAR.lastIndex = at;
  return SCALAR.test(text) ? SCALAR.lastIndex : unexpected(text, at, 'a value');
};

const readString = (text: string, start: number): number | JsonSyntaxError => {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 32) return { offset: at, message: 'a string holds a control character (line breaks and tabs must be escaped)' };
    if (code !== BACKSLASH) continue;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return { offset: at, message: 'a string holds an escape sequence that JSON does not have' };
    at = ESCAPE.lastIndex - 1;
  }
  return { offset: text.length, message: 'it ends inside a string' };
};

const unexpected = (text: string, offset: number, wanted: string): JsonSyntaxError => ({
  offset,
  message: `expected ${wanted}, found “${excerpt(String.fromCodePoint(text.codePointAt(offset) ?? 0))}”`,
});
