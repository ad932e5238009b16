/**
 * Reading a parsed document without trusting its shape: every reader answers "nothing there" for a value of the wrong type.
 * Keys that come from the document are only read as own properties, so `__proto__` and `constructor` are names like any other.
 */

/** An object of the document: not null, not an array. */
export type Node = Readonly<Record<string, unknown>>;

export const asNode = (value: unknown): Node | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : undefined;

/** The own property of an object, undefined for anything else. */
export const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Node)[key] : undefined;

/** Text that says something; numbers count, because YAML reads `version: 1.0` as one. */
export const text = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** The text of a single value, such as that of a parameter. */
export const scalarText = (value: unknown): string | undefined => (typeof value === 'boolean' ? String(value) : text(value));

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts of a list. */
export const texts = (value: unknown): string[] => list(value).flatMap((item) => text(item) ?? []);

export const entries = (value: unknown): [string, unknown][] => {
  const node = asNode(value);
  return node === undefined ? [] : Object.entries(node);
};

/** The entries of a map of objects whose names are free, such as headers; what is not an object is left out. */
export const namedNodes = (value: unknown): [string, Node][] =>
  entries(value).flatMap(([key, item]) => {
    const node = asNode(item);
    return node === undefined ? [] : [[key, node] as [string, Node]];
  });

/** The same where specification extensions (`x-…`) are no entries. */
export const nodeEntries = (value: unknown): [string, Node][] => namedNodes(value).filter(([key]) => !key.startsWith('x-'));

/** A name that is not taken yet: `name`, `name-2`, `name-3`, …; letter case does not make a difference. Records it as taken. */
export const uniqueName = (name: string, taken: Set<string>): string => {
  let candidate = name;
  for (let number = 2; taken.has(candidate.toLowerCase()); number++) candidate = `${name}-${number}`;
  taken.add(candidate.toLowerCase());
  return candidate;
};
