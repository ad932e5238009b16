import type { Listed } from '../../../domain/listing.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import type { SafeHtml } from '../../../lib/html.ts';

/** A cell of the component `table`. */
export type Cell = ({ readonly text: string } | { readonly html: SafeHtml }) & {
  readonly href?: string;
  readonly header?: true;
  readonly numeric?: true;
};

/** A page that is a list; see `admin/shared/list.njk`. */
export const listPage = <T>(
  list: Listed<T>,
  {
    nouns: [one, many],
    head,
    row,
    hrefOf,
    create,
    empty,
    search,
  }: {
    readonly nouns: readonly [string, string];
    readonly head: readonly string[];
    readonly row: (item: T) => readonly Cell[];
    readonly hrefOf: (page: number) => string;
    readonly create?: { readonly text: string; readonly href: string } | undefined;
    readonly empty: { readonly title: string; readonly text: string; readonly icon: string };
    readonly search?: { readonly action: string; readonly value: string; readonly label: string } | undefined;
  },
) => ({
  create,
  search,
  summary: counted(list.total, one, many),
  table: list.items.length > 0 && { caption: many, head: head.map((text) => ({ text })), rows: list.items.map(row) },
  empty: list.items.length === 0 && empty,
  pagination: paginate(list, hrefOf),
});
