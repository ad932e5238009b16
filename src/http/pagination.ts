/** What the component `pagination` shows. */
export interface Pagination {
  readonly items: readonly (
    | { readonly number: number; readonly href: string; readonly current?: boolean }
    | { readonly gap: true }
  )[];
  readonly previous?: { readonly href: string };
  readonly next?: { readonly href: string };
  readonly summary: string;
}

const NUMBER = new Intl.NumberFormat('en');
const NEAR = 1;

/** `1 product`, `12 products`. */
export const counted = (count: number, one: string, many: string): string =>
  `${NUMBER.format(count)} ${count === 1 ? one : many}`;

/** The pages of a list: the first, the last, those near the one shown; undefined when all of it is on one. */
export const paginate = (
  list: { total: number; page: { number: number; size: number } },
  hrefOf: (page: number) => string,
): Pagination | undefined => {
  const { total, page } = list;
  const last = Math.ceil(total / page.size);
  if (last <= 1) return undefined;
  const numbers = [...new Set([1, ...Array.from({ length: 2 * NEAR + 1 }, (_, i) => page.number - NEAR + i), last])].filter(
    (number) => number >= 1 && number <= last,
  );
  const items = numbers.flatMap((number, index) => {
    const before = numbers[index - 1];
    const item = { number, href: hrefOf(number), ...(number === page.number ? { current: true } : {}) };
    return before !== undefined && number > before + 1 ? [{ gap: true as const }, item] : [item];
  });
  const from = (page.number - 1) * page.size + 1;
  return {
    items,
    ...(page.number > 1 ? { previous: { href: hrefOf(page.number - 1) } } : {}),
    ...(page.number < last ? { next: { href: hrefOf(page.number + 1) } } : {}),
    summary: `${NUMBER.format(from)}–${NUMBER.format(Math.min(total, from + page.size - 1))} of ${NUMBER.format(total)}`,
  };
};
