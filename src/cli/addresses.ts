import type { Installation } from '../compose.ts';
import { SYSTEM } from '../domain/access/index.ts';
import { offerSetUp } from '../domain/administrators/index.ts';
import { listPortals } from '../domain/portals/index.ts';

const SHOWN = 10;

/** The installation's own address; on the loopback with the port that it really listens on. */
const baseOf = ({ config }: Installation, port: number): URL => {
  const base = new URL(config.baseUrl);
  if (base.hostname === 'localhost') base.port = String(port);
  return base;
};

/** Where the first administrator makes themselves; nothing once there is one. */
const setUpAddress = async (installation: Installation, base: URL): Promise<string> => {
  const token = await offerSetUp(installation.organisation);
  if (token === undefined) return '';
  const address = new URL('/admin/set-up', base);
  address.searchParams.set('token', token);
  return `\nNobody administers this installation yet. This link makes the first administrator, once, within 24 hours:\n  ${address.href}\n`;
};

/** What to open in a browser, for whoever started the program in a terminal. */
export const addressesOf = async (installation: Installation, port: number): Promise<string> => {
  const { config, regions } = installation;
  const base = baseOf(installation, port);
  const lines = [`Portico listens on ${config.host}, port ${port}.`, ''];
  for (const region of regions) {
    const ctx = installation.regionContext(region, SYSTEM);
    if (!ctx) continue;
    const { items, total } = await listPortals(ctx, { filters: [], sort: [], page: { number: 1, size: SHOWN } });
    for (const portal of items) {
      const host =
        base.hostname === 'localhost' ? `${portal.name.toLowerCase().replaceAll(' ', '-')}.localhost` : portal.defaultDomain;
      const address = new URL('/', base);
      address.hostname = portal.customDomain ?? host;
      lines.push(`  ${address.href.padEnd(44)} ${portal.displayName} (${portal.isPublic ? 'public' : 'private'}, ${region})`);
    }
    if (total > SHOWN) lines.push(`  … and ${total - SHOWN} more in ${region}`);
  }
  lines.push(`  ${new URL('/', base).href.padEnd(44)} the default portal`);
  lines.push(`  ${new URL('/admin', base).href.padEnd(44)} administration`);
  lines.push(`  ${new URL('/v2', base).href.padEnd(44)} management API; a token: npm run portico -- token create --name mine`);
  return `${lines.join('\n')}\n${await setUpAddress(installation, base)}\n`;
};
