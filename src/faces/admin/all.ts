import type { Listed, Page } from '../../domain/listing.ts';

const SIZE = 100;
const MAX = 1000;

/** All items of a list that a menu offers, page by page; the first thousand of them. */
export const allOf = async <T>(list: (page: Page) => Promise<Listed<T>>): Promise<T[]> => {
  const items: T[] = [];
  for (let number = 1; items.length < MAX; number++) {
    const page = await list({ number, size: SIZE });
    items.push(...page.items);
    if (page.items.length < SIZE || items.length >= page.total) break;
  }
  return items;
};
