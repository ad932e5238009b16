/** Literals of the languages that samples are written in. */

/** Double-quoted, as JavaScript, Python, Java, C#, Go and JSON read it. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** Single-quoted for a POSIX shell. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Single-quoted, as PHP and Ruby read it. */
export const singleQuoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A part's head as it travels, its name written as browsers do (HTML, section 4.10.21.8). */
export const disposition = (name: string, file: boolean): string =>
  `form-data; name="${name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')}"${file ? '; filename="file"' : ''}`;

/** JSON on one line for an object that takes one line, else indented. */
export const jsonText = (value: unknown): string => {
  const line = JSON.stringify(value) ?? 'null';
  return line.length <= 60 ? line : (JSON.stringify(value, null, 2) ?? 'null');
};

/** Indents every line but the first. */
export const indented = (text: string, spaces: number): string => text.replaceAll('\n', `\n${' '.repeat(spaces)}`);

/** How a language writes maps, lists and the three constants. */
export interface Notation {
  open: string;
  close: string;
  pair: string;
  null: string;
  true: string;
  false: string;
  string: (text: string) => string;
}

/** A JSON value in the notation of a language. */
export const literal = (value: unknown, notation: Notation, indent = 0): string => {
  if (value === null || value === undefined) return notation.null;
  if (typeof value === 'boolean') return value ? notation.true : notation.false;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object') return notation.string(String(value));
  const pad = ' '.repeat(indent + 4);
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, notation, indent + 4))
    : Object.entries(value).map(([key, item]) => `${notation.string(key)}${notation.pair}${literal(item, notation, indent + 4)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : [notation.open, notation.close];
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${items.map((item) => `${pad}${item},\n`).join('')}${' '.repeat(indent)}${close}`;
};
