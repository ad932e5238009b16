/** Longer slugs are cut, in UTF-16 units. */
const MAX_LENGTH = 120;

/** Hands out the ids of a page's headings, none twice. */
export type HeadingIds = (text: string) => string;

/** The id of a heading as most tools write it: letters of every script, digits, `_` and `-` stay, spaces become hyphens, the rest goes. */
const slugOf = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\s-]+/gu, '')
    .trim()
    .replace(/\s/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/[\uD800-\uDBFF]$/, '') || 'section';

/** Ids by text; headings of the same text, and those whose id is in `reserved`, are numbered: `setup`, `setup-1`, `setup-2`. */
export const createHeadingIds = (reserved: Iterable<string> = []): HeadingIds => {
  const taken = new Set(reserved);
  const numbers = new Map<string, number>();
  return (text) => {
    const slug = slugOf(text);
    let number = numbers.get(slug) ?? 0;
    let id = number === 0 ? slug : `${slug}-${number}`;
    while (taken.has(id)) id = `${slug}-${++number}`;
    numbers.set(slug, number + 1);
    taken.add(id);
    return id;
  };
};
