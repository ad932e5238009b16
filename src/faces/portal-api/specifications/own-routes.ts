import { notFound } from '../../../domain/errors.ts';
import { chooseEditions, compareContents } from '../../../domain/products/index.ts';
import { listVisibleEditions, type VisibleEdition } from '../../../domain/visibility/index.ts';
import { queryNumber } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import { comparisonJson } from '../../../rendering/openapi/changes/index.ts';
import type { PortalApiContext } from '../context.ts';
import { refuseParameters, versionOf } from '../query.ts';

const presentEdition = ({ number, apiVersion, createdAt }: VisibleEdition) => ({
  ...{ number, api_version: apiVersion, created_at: createdAt },
});

/** What changed in the specification of a version, as far as the portal has shown it. */
export const ownSpecificationRoutes: readonly Route<PortalApiContext>[] = [
  {
    method: 'get',
    path: '/products/:productId/versions/:productVersionId/spec/changes',
    access: 'reader',
    audit: null,
    handler: async (req, res, ctx) => {
      refuseParameters(req, 'filter', 'sort', 'page');
      const choice = { from: queryNumber(req, 'from'), to: queryNumber(req, 'to') };
      const version = await versionOf(req, ctx);
      const editions = (await listVisibleEditions(ctx, ctx.portal, [version])).get(version.id) ?? [];
      const chosen = chooseEditions(editions, choice);
      if (!chosen) throw notFound('Earlier specification');
      const { before, after } = chosen;
      const comparison = await compareContents(ctx, before.contentHash, after.contentHash);
      res.json({
        editions: editions.map(presentEdition),
        ...{ from: before.number, to: after.number, comparison: comparison ? comparisonJson(comparison) : null },
      });
    },
  },
];
