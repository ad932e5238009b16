import { getFragments, type OperationSummary } from '../../../domain/products/index.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { withHeadingsFrom } from '../../../rendering/openapi/reference/fragments.ts';
import type { GroupEntry } from '../../../rendering/openapi/types.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { operationArticle, type ReferenceAddress, withOwnLinks } from './links.ts';
import { rendered, type ShownReference } from './shown.ts';

/** A line of a list of operations. */
export interface OperationRow {
  readonly title: string;
  readonly href: string;
  readonly method: string;
  readonly path: string;
  readonly deprecated: boolean;
}

/** A group on a page: its heading, and its operations, whole or as lines. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly description: SafeHtml;
  readonly count: number;
  readonly rows: readonly OperationRow[];
  readonly articles: readonly SafeHtml[];
}

type Grouped = ReadonlyMap<string, readonly OperationSummary[]>;

/** A page that shows more operations than this, or more characters of HTML in all, lists them instead. */
const MAX_WHOLE = 25;
const MAX_CHARACTERS = 200_000;

export const rowOf = ({ product, version }: ReferenceAddress, operation: OperationSummary): OperationRow => ({
  title: operation.summary ?? operation.path,
  href: paths.operation(product, version, operation.address),
  method: operation.method,
  path: operation.path,
  deprecated: operation.deprecated,
});

/** Groups as lists of their operations. */
export const listed = (at: ReferenceAddress, groups: readonly GroupEntry[], operations: Grouped): Section[] =>
  groups.map((group, index) => ({
    id: `group-${index + 1}`,
    title: group.title,
    href: paths.reference(at.product, at.version, { tag: group.name }),
    description: withOwnLinks(withHeadingsFrom(3, group.descriptionHtml), at),
    count: group.operationCount,
    rows: (operations.get(group.name) ?? []).map((operation) => rowOf(at, operation)),
    articles: [],
  }));

/**
 * Groups with their operations whole, each once; undefined when that makes too large a page, or they cannot be shown.
 * @param taken characters that the page has already
 */
export const whole = async (
  ctx: PortalContext,
  reference: ShownReference,
  groups: readonly GroupEntry[],
  operations: Grouped,
  taken = 0,
): Promise<Section[] | undefined> => {
  const shown = new Set<string>();
  const addresses = groups.map(({ name }) =>
    (operations.get(name) ?? []).map(({ address }) => address).filter((address) => !shown.has(address) && shown.add(address)),
  );
  if (shown.size > MAX_WHOLE) return undefined;
  const { content, at } = await rendered(ctx, reference);
  if (content.rendering === 'failed') return undefined;
  const fragments = await getFragments(ctx, content.contentHash, 'operation', [...shown]);
  const articles = new Map(fragments.map(({ key, html }) => [key, operationArticle(html, at)]));
  if ([...articles.values()].reduce((sum, { value }) => sum + value.length, taken) > MAX_CHARACTERS) return undefined;
  return listed(at, groups, operations).map((section, index) => ({
    ...section,
    rows: [],
    articles: (addresses[index] ?? []).flatMap((address) => articles.get(address) ?? []),
  }));
};

/** One page of the operations of several groups, which follow each other. */
export const pageOf = (operations: Grouped, { number, size }: { number: number; size: number }): Grouped => {
  let before = 0;
  return new Map(
    [...operations].map(([name, all]) => {
      const start = Math.max(0, (number - 1) * size - before);
      const end = Math.max(0, number * size - before);
      before += all.length;
      return [name, all.slice(start, end)] as const;
    }),
  );
};
