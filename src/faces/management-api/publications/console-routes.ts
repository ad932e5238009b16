import { z } from 'zod';
import { getPublication, type Publication, updatePublication } from '../../../domain/publications/index.ts';
import { parseBody } from '../../../http/input.ts';
import type { Route } from '../../../http/routes.ts';
import type { ManagementContext } from '../context.ts';
import { publicationRef } from './routes.ts';

const updateConsoleSchema = z.strictObject({ proxy_enabled: z.boolean().optional() });

const presentConsole = ({ consoleProxy }: Publication) => ({ proxy_enabled: consoleProxy });

const access = 'token';
const CONSOLE = '/portals/:portalId/product-versions/:productVersionId/console';

/** How the console of a version works in a portal. */
export const consoleRoutes: readonly Route<ManagementContext>[] = [
  {
    ...{ method: 'get', path: CONSOLE, access, audit: null },
    handler: async (req, res, ctx) => {
      res.json(presentConsole(await getPublication(ctx, publicationRef(req))));
    },
  },
  {
    ...{ method: 'patch', path: CONSOLE, access, audit: 'publication.updated' },
    handler: async (req, res, ctx) => {
      const { proxy_enabled } = parseBody(updateConsoleSchema, req);
      res.json(presentConsole(await updatePublication(ctx, publicationRef(req), { consoleProxy: proxy_enabled })));
    },
  },
];
