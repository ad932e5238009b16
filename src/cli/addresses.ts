import type { Installation } from '../compose.ts';
import { SYSTEM } from '../domain/access/index.ts';
import { offerSetUp } from '../domain/administrators/index.ts';
import { listPortals, type Portal } from '../domain/portals/index.ts';
import type { DemoLogIns } from './seed-demo.ts';

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

/** Where a portal is found from this machine. */
const addressOf = (base: URL, { name, customDomain, defaultDomain }: Portal): URL => {
  const local = base.hostname === 'localhost' ? `${name.toLowerCase().replaceAll(' ', '-')}.localhost` : defaultDomain;
  const address = new URL('/', base);
  address.hostname = customDomain ?? local;
  return address;
};

/** How to log in to the demo content, the only time that its passwords are shown. */
export const logInsOf = (base: URL, { administrator, developer }: DemoLogIns): string => `
To look around, log in (these passwords are made up for this installation, and not shown again):
  ${new URL('/admin', base).href.padEnd(44)} ${administrator.email}  ${administrator.password}
  ${new URL('/login', addressOf(base, developer.portal)).href.padEnd(44)} ${developer.email}  ${developer.password}
`;

/** What to open in a browser, for whoever started the program in a terminal. */
export const addressesOf = async (installation: Installation, port: number, logIns?: DemoLogIns): Promise<string> => {
  const { config, regions } = installation;
  const base = baseOf(installation, port);
  const lines = [`Portico listens on ${config.host}, port ${port}.`, ''];
  for (const region of regions) {
    const ctx = installation.regionContext(region, SYSTEM);
    if (!ctx) continue;
    const { items, total } = await listPortals(ctx, { filters: [], sort: [], page: { number: 1, size: SHOWN } });
    for (const portal of items) {
      const address = addressOf(base, portal);
      lines.push(`  ${address.href.padEnd(44)} ${portal.displayName} (${portal.isPublic ? 'public' : 'private'}, ${region})`);
    }
    if (total > SHOWN) lines.push(`  … and ${total - SHOWN} more in ${region}`);
  }
  lines.push(`  ${new URL('/', base).href.padEnd(44)} the default portal`);
  lines.push(`  ${new URL('/admin', base).href.padEnd(44)} administration`);
  lines.push(`  ${new URL('/v2', base).href.padEnd(44)} management API; a token: npm run portico -- token create --name mine`);
  return `${lines.join('\n')}\n${logIns ? logInsOf(base, logIns) : ''}${await setUpAddress(installation, base)}\n`;
};
