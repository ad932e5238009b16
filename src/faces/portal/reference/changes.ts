import { notFound } from '../../../domain/errors.ts';
import { chooseEditions, compareContents, type EditionChoice, listOperationAddresses } from '../../../domain/products/index.ts';
import { listVisibleEditions, type VisibleEdition } from '../../../domain/visibility/index.ts';
import type { Page } from '../../../http/page-cache.ts';
import { paginate } from '../../../http/pagination.ts';
import {
  CHANGES_PER_PAGE,
  type ChangeLinks,
  type Comparison,
  changesMarkdown,
  changesModel,
  effectTabs,
  type ShownEffect,
} from '../../../rendering/openapi/changes/index.ts';
import type { PortalContext } from '../context.ts';
import { inLine, link } from '../machines/markdown-text.ts';
import { paths } from '../paths.ts';
import { renderPage } from '../respond.ts';
import { frame, titleOf, way } from './frame.ts';
import type { ShownReference } from './shown.ts';

/** What of the changes is asked for. */
export interface ChangesQuery extends EditionChoice {
  readonly shown: ShownEffect;
  readonly page: number;
}

/** Two documents of a specification, and what differs: undefined where they are too much to be compared. */
interface Compared {
  readonly before: VisibleEdition;
  readonly after: VisibleEdition;
  readonly comparison: Comparison | undefined;
}

const editionsOf = async (ctx: PortalContext, { version }: ShownReference): Promise<readonly VisibleEdition[]> =>
  (await listVisibleEditions(ctx, ctx.portal, [version])).get(version.id) ?? [];

/** @throws not-found for a document that is not there, or never was in this portal */
const compare = async (
  ctx: PortalContext,
  editions: readonly VisibleEdition[],
  choice: EditionChoice,
): Promise<Compared | undefined> => {
  const chosen = chooseEditions(editions, choice);
  return chosen && { ...chosen, comparison: await compareContents(ctx, chosen.before.contentHash, chosen.after.contentHash) };
};

/** Links lead into the reference as it is now: of what is compared, not all may be in it. */
const linksOf = async (
  ctx: PortalContext,
  { at, content }: ShownReference,
  { after }: Pick<Compared, 'after'>,
  ending = '',
): Promise<ChangeLinks> => {
  const addresses = await listOperationAddresses(ctx, content.contentHash);
  const isNow = after.contentHash === content.contentHash;
  return {
    operation: (address) => addresses.has(address) && `${paths.operation(at.product, at.version, address)}${ending}`,
    schema: (name) => isNow && `${paths.schema(at.product, at.version, name)}${ending}`,
  };
};

const comparedModel = async (
  ctx: PortalContext,
  reference: ShownReference,
  { before, after, comparison }: Compared,
  { shown, page, ...choice }: ChangesQuery,
) => {
  const { at } = reference;
  if (!comparison) return { from: before.number, to: after.number, isTooMuch: true };
  const hrefOf = (effect: ShownEffect, to = 1): string =>
    paths.changes(at.product, at.version, {
      ...choice,
      show: effect === 'all' ? undefined : effect,
      page: to === 1 ? undefined : to,
    });
  const { total, sections } = changesModel(comparison, { shown, page, links: await linksOf(ctx, reference, { after }) });
  if (sections.length === 0 && page > 1) throw notFound('Page');
  return {
    ...{ from: before.number, to: after.number, isTooMuch: false, sections, isCut: comparison.isCut },
    tabs: effectTabs(comparison, shown, hrefOf),
    pagination: paginate({ total, page: { number: page, size: CHANGES_PER_PAGE } }, (to) => hrefOf(shown, to)) ?? false,
  };
};

/** What changed between two documents that the specification of a version was, or is. @throws not-found; unavailable when too much is waiting */
export const changesPage = async (ctx: PortalContext, reference: ShownReference, query: ChangesQuery): Promise<Page> => {
  const { at, product, version } = reference;
  const editions = await editionsOf(ctx, reference);
  const compared = await compare(ctx, editions, query);
  const isPlain = query.from === undefined && query.to === undefined && query.shown === 'all' && query.page === 1;
  const head = {
    title: titleOf(reference, 'What changed'),
    description: `What changed in the specification of ${product.name} ${version.name}`,
    ...(isPlain ? { path: paths.changes(at.product, at.version) } : {}),
    breadcrumbs: way(reference, { label: 'What changed' }),
  };
  return renderPage(ctx, 'portal/reference/changes.njk', head, {
    ...(await frame(ctx, reference, { groups: [], areCurrent: false, areChanges: true })),
    action: paths.changes(at.product, at.version),
    options: editions.map(({ number, createdAt, apiVersion }, index) => ({
      value: number,
      at: createdAt,
      label: [...(apiVersion === '' ? [] : [`version ${apiVersion}`]), ...(index === 0 ? ['current'] : [])].join(', '),
    })),
    compared: compared ? await comparedModel(ctx, reference, compared, query) : false,
  });
};

const dayOf = ({ createdAt, apiVersion }: VisibleEdition): string =>
  `${createdAt.slice(0, 10)}${apiVersion === '' ? '' : ` (version ${inLine(apiVersion)})`}`;

/** The same as Markdown. @throws as {@link changesPage} */
export const changesAsMarkdown = async (
  ctx: PortalContext,
  reference: ShownReference,
  choice: EditionChoice,
): Promise<string> => {
  const { at, product, version } = reference;
  const title = `# What changed in ${link(`${product.name} ${version.name}`, `${paths.reference(at.product, at.version)}.md`)}`;
  const compared = await compare(ctx, await editionsOf(ctx, reference), choice);
  if (!compared) return `${title}\n\nNothing so far.\n`;
  const { before, after, comparison } = compared;
  const about = `From ${dayOf(before)} to ${dayOf(after)}.`;
  if (!comparison) return `${title}\n\n${about} These documents are too much to be compared.\n`;
  return `${title}\n\n${about} ${changesMarkdown(comparison, await linksOf(ctx, reference, compared, '.md'))}`;
};
