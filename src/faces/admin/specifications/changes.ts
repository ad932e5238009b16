import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import {
  chooseEditions,
  compareSpecificationEditions,
  listOperationAddresses,
  listSpecificationEditions,
  type NewSpecification,
  previewSpecification,
  type SpecificationEdition,
} from '../../../domain/products/index.ts';
import { queryChoice, queryNumber, queryPage } from '../../../http/page-query.ts';
import { paginate } from '../../../http/pagination.ts';
import {
  badgeOf,
  CHANGES_PER_PAGE,
  type ChangeLinks,
  changesModel,
  EFFECTS,
  type Effect,
  effectTabs,
  SHOWN_EFFECTS,
  type ShownEffect,
} from '../../../rendering/openapi/changes/index.ts';
import type { AdminContext } from '../context.ts';
import { specificationPaths } from '../products/paths.ts';
import { sendPage } from '../respond.ts';
import { type ShownVersion, versionOf, versionTrail } from '../versions/version.ts';

/** An effect with how often there is one. */
export const effectBadge = (effect: Effect, count = 0) => {
  const { text, kind } = badgeOf(effect);
  return { text: `${count.toLocaleString('en')} ${text.toLowerCase()}`, kind };
};

const NO_LINKS: ChangeLinks = { operation: () => false, schema: () => false };

/** Links lead to the preview of what the specification is now. */
const linksOf = async (
  ctx: AdminContext,
  { ref }: ShownVersion,
  current: SpecificationEdition | undefined,
): Promise<ChangeLinks> => {
  if (current?.replacedAt !== null) return NO_LINKS;
  const addresses = await listOperationAddresses(ctx, current.contentHash);
  return {
    operation: (address) => addresses.has(address) && specificationPaths.operation(ctx.region, ref, address),
    schema: () => false,
  };
};

const headOf = (ctx: AdminContext, shown: ShownVersion, title: string) => ({
  title,
  breadcrumbs: [
    ...versionTrail(ctx, shown),
    { label: 'Specification', href: specificationPaths.specification(ctx.region, shown.ref) },
  ],
});

/** What changed between two documents: the last ones, or those that are asked for. */
export const showChanges = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const [from, to] = [queryNumber(req, 'from'), queryNumber(req, 'to')];
  const [effect, page] = [queryChoice(req, 'show', SHOWN_EFFECTS), queryPage(req)];
  const editions = await listSpecificationEditions(ctx, shown.ref);
  const chosen = chooseEditions(editions, { from, to });
  const hrefOf = (show: ShownEffect, number = 1): string =>
    specificationPaths.changes(ctx.region, shown.ref, {
      ...{ from, to, show: show === 'all' ? undefined : show, page: number === 1 ? undefined : number },
    });
  const comparison =
    chosen && (await compareSpecificationEditions(ctx, shown.ref, { from: chosen.before.number, to: chosen.after.number }));
  const options = { shown: effect, page, links: await linksOf(ctx, shown, editions[0]) };
  const found = comparison && changesModel(comparison, options);
  if (found?.sections.length === 0 && page > 1) throw notFound('Page');
  await sendPage(req, res, ctx, 'admin/specifications/changes.njk', headOf(ctx, shown, 'What changed'), {
    menu: chosen && {
      action: specificationPaths.changes(ctx.region, shown.ref),
      ...{ from: chosen.before.number, to: chosen.after.number },
      options: editions.map(({ number, createdAt, apiVersion, name }) => ({
        ...{ value: number, at: createdAt, label: apiVersion === '' ? name : `version ${apiVersion}` },
      })),
    },
    tabs: comparison && effectTabs(comparison, effect, hrefOf),
    sections: found?.sections ?? [],
    isCut: comparison?.isCut ?? false,
    pagination:
      (found &&
        paginate({ total: found.total, page: { number: page, size: CHANGES_PER_PAGE } }, (number) => hrefOf(effect, number))) ??
      false,
  });
};

/** As much of a document as travels with its preview, in bytes: what is larger is chosen again. */
const MAX_CARRIED = 1_000_000;

/** A document as a text that comes back as it was: forms change the ends of lines, and hold nothing but text. */
const carriedText = ({ bytes }: NewSpecification): string | false => {
  if (bytes.length > MAX_CARRIED || bytes.includes('\r')) return false;
  const text = bytes.toString('utf8');
  return !text.includes('\0') && Buffer.from(text).equals(bytes) && text;
};

/** What would change if a document were the specification; nothing is stored. */
export const sendPreview = async (
  req: Request,
  res: Response,
  ctx: AdminContext,
  shown: ShownVersion,
  sent: NewSpecification,
): Promise<void> => {
  const comparison = await previewSpecification(ctx, shown.ref, sent);
  const counts = EFFECTS.filter((effect) => comparison && comparison.counts[effect] > 0);
  await sendPage(req, res, ctx, 'admin/specifications/upload-preview.njk', headOf(ctx, shown, 'What would change'), {
    name: sent.name,
    isTooMuch: comparison === undefined,
    isCut: comparison?.isCut ?? false,
    effects: counts.map((effect) => effectBadge(effect, comparison?.counts[effect])),
    sections: comparison ? changesModel(comparison, { shown: 'all', page: 1, links: NO_LINKS }).sections : [],
    text: carriedText(sent),
    action: specificationPaths.specification(ctx.region, shown.ref),
  });
};
