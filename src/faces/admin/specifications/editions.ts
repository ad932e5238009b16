import type { Request, Response } from 'express';
import { demand, may } from '../../../domain/access/index.ts';
import { DomainError, notFound } from '../../../domain/errors.ts';
import {
  compareSpecificationEditions,
  forgetSpecificationEdition,
  getSpecificationEdition,
  KEPT_SPECIFICATION_EDITIONS,
  listSpecificationEditions,
  readSpecificationBytes,
  type SpecificationEdition,
} from '../../../domain/products/index.ts';
import { pathText } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { EFFECTS } from '../../../rendering/openapi/changes/index.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { authorTexts } from '../documents/authors.ts';
import { specificationPaths } from '../products/paths.ts';
import { redirectWith } from '../respond.ts';
import { type ShownVersion, versionOf, versionTrail } from '../versions/version.ts';
import { effectBadge } from './changes.ts';
import { sendFile } from './file.ts';

/** How much the newest document changed, in a word each; empty where that cannot be told at the moment. */
const latestEffects = async (ctx: AdminContext, { ref }: ShownVersion, [latest, before]: readonly SpecificationEdition[]) => {
  if (!latest || !before) return [];
  try {
    const comparison = await compareSpecificationEditions(ctx, ref, { from: before.number, to: latest.number });
    return EFFECTS.filter((effect) => comparison && comparison.counts[effect] > 0).map((effect) =>
      effectBadge(effect, comparison?.counts[effect]),
    );
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'unavailable') return [];
    throw error;
  }
};

/** The documents that a specification was and is; false where there is nothing to be told beyond what it is. */
export const editionsModel = async (ctx: AdminContext, shown: ShownVersion) => {
  const { region } = ctx;
  const editions = await listSpecificationEditions(ctx, shown.ref);
  if (editions.every(({ replacedAt }) => replacedAt === null)) return false;
  const mayEdit = may(ctx.actor, 'product.edit', shown.product.id);
  const nameOf = await authorTexts(
    ctx,
    editions.map(({ author }) => author),
  );
  return {
    kept: KEPT_SPECIFICATION_EDITIONS,
    changesHref: editions.length > 1 && specificationPaths.changes(region, shown.ref),
    effects: await latestEffects(ctx, shown, editions),
    rows: editions.map(({ number, name, apiVersion, author, createdAt, replacedAt }, index) => ({
      ...{ number, name, apiVersion, at: createdAt, who: nameOf(author) },
      isCurrent: replacedAt === null,
      fileHref: specificationPaths.editionFile(region, shown.ref, number),
      changesHref: index < editions.length - 1 && specificationPaths.changes(region, shown.ref, { to: number }),
      forgetHref: mayEdit && replacedAt !== null && specificationPaths.forget(region, shown.ref, number),
    })),
  };
};

/** @throws not-found for what is no number */
const editionOf = async (req: Request, ctx: AdminContext, { ref }: ShownVersion): Promise<SpecificationEdition> => {
  const text = pathText(req, 'number');
  if (!/^[1-9]\d{0,8}$/.test(text)) throw notFound('Specification edition');
  return getSpecificationEdition(ctx, ref, Number(text));
};

const download = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { name, contentHash } = await editionOf(req, ctx, await versionOf(req, ctx));
  sendFile(res, name, await readSpecificationBytes(ctx, contentHash));
};

const showForgetting = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  demand(ctx.actor, 'product.edit', shown.product.id, 'API product');
  const { number, name } = await editionOf(req, ctx, shown);
  const here = specificationPaths.specification(ctx.region, shown.ref);
  const head = {
    title: `Forget document ${number}?`,
    breadcrumbs: [...versionTrail(ctx, shown), { label: 'Specification', href: here }],
  };
  await sendConfirmation(req, res, ctx, head, {
    text: `Nobody can then download ${name} as it was, or compare with it. This cannot be undone.`,
    action: specificationPaths.forget(ctx.region, shown.ref, number),
    submit: 'Forget document',
    cancelHref: here,
  });
};

const forget = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const { number } = await editionOf(req, ctx, shown);
  await forgetSpecificationEdition(ctx, shown.ref, number);
  redirectWith(req, res, ctx, specificationPaths.specification(ctx.region, shown.ref), `Document ${number} is forgotten.`);
};

const access = 'administrator';
const EDITION = '/:region/products/:productId/versions/:versionId/specification/editions/:number';

export const editionRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: `${EDITION}/file`, access, audit: null, handler: download },
  { method: 'get', path: `${EDITION}/forget`, access, audit: null, handler: showForgetting },
  { method: 'post', path: `${EDITION}/forget`, access, audit: 'version.specification-forgotten', handler: forget },
];
