/** Folds a name so that two spellings which differ only in case or Unicode composition are the same; for unique and sorted columns. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** Text as both databases take it: PostgreSQL stores neither NUL nor halves of surrogate pairs. */
export const storable = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\ufffd');

/** A readable piece of an address: lower-case ASCII letters, digits and hyphens, at most `maxLength` characters; `fallback` when nothing is left. */
export const slugify = (text: string, fallback: string, maxLength = 80): string => {
  const slug = text
    .normalize('NFKD')
    .replace(/[̀-ͯ]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, maxLength)
    .replace(/[-.]+$/, '');
  return slug === '' ? fallback : slug;
};

/** `wanted`, or `wanted-2`, `wanted-3`, …: the first that is not taken. */
export const uniqueSlug = (wanted: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
};

/** Escapes `%`, `_` and the escape character `\` for a LIKE pattern. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const UNITS = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** A size for people: `1.5 MB`. Rounded to a tenth, so that what is above a limit never looks like it: sizes up, limits down. */
export const inBytes = (size: number, towards: 'up' | 'down'): string => {
  const unit = UNITS.find(([, bytes]) => size >= bytes);
  if (!unit) return `${size} ${size === 1 ? 'byte' : 'bytes'}`;
  const [name, bytes] = unit;
  const tenths = (size / bytes) * 10;
  return `${(towards === 'up' ? Math.ceil(tenths) : Math.floor(tenths)) / 10} ${name}`;
};
