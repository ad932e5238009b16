import { type Actor, may, mayAny } from '../../domain/access/index.ts';
import { mayReadAuditLog } from '../../domain/audit/index.ts';
import { maySeeMails } from '../../domain/mail/index.ts';
import type { RegionCode } from '../../domain/regions/index.ts';
import { countRequests, mayDecideAny } from '../../domain/requests/index.ts';
import { type Holder, mayNameHolders } from '../../domain/roles/index.ts';
import type { NavSection } from '../../http/layout-model.ts';
import { auditPaths } from './audit/paths.ts';
import { auditWebhookPaths } from './audit-webhooks/paths.ts';
import { strategyPaths } from './auth-strategies/paths.ts';
import type { AdminContext } from './context.ts';
import { controlPlanePaths } from './control-planes/paths.ts';
import { mailPaths } from './mail/paths.ts';
import { HOLDER_WORDS } from './organisation/holders.ts';
import { organisationPaths } from './organisation/paths.ts';
import { paths } from './paths.ts';
import { portalPaths } from './portals/paths.ts';
import { productPaths } from './products/paths.ts';

/** A place in the navigation. */
interface NavEntry {
  readonly section: '' | 'Catalogue' | 'Organisation';
  readonly label: string;
  readonly icon: string;
  readonly path: (region: RegionCode) => string;
  /** whether it is for this actor */
  readonly isFor: (actor: Actor) => boolean;
  /** how much waits there */
  readonly count?: (ctx: AdminContext) => Promise<number>;
}

const holders = (kind: Holder['kind'], icon: string): NavEntry => ({
  section: 'Organisation',
  label: HOLDER_WORDS[kind],
  icon,
  path: (region) => organisationPaths.list(region, kind),
  isFor: mayNameHolders,
});

const ORGANISATION_ENTRIES: readonly NavEntry[] = [
  holders('administrator', 'user'),
  holders('team', 'grid'),
  holders('system-account', 'settings'),
  {
    ...{ section: 'Organisation', label: 'Audit log', icon: 'list', path: (region) => auditPaths.list(region) },
    isFor: (actor) => mayReadAuditLog(actor) || mayReadAuditLog(actor, 'organisation'),
  },
  {
    ...{ section: 'Organisation', label: 'Audit log webhooks', icon: 'external' },
    path: (region) => auditWebhookPaths.list(region),
    isFor: (actor) => mayAny(actor, 'portal.administer'),
  },
  {
    ...{ section: 'Organisation', label: 'Mail', icon: 'mail', path: (region) => mailPaths.list(region, 'portals') },
    isFor: (actor) => maySeeMails(actor, 'mails'),
  },
  { section: 'Organisation', label: 'Your tokens', icon: 'key', path: organisationPaths.ownTokens, isFor: () => true },
];

/** All places, in their order; each noun adds its own. */
const ENTRIES: readonly NavEntry[] = [
  { section: '', label: 'Overview', icon: 'home', path: paths.overview, isFor: () => true },
  {
    section: '',
    label: 'Requests',
    icon: 'inbox',
    path: (region) => paths.requests(region),
    isFor: (actor) => mayDecideAny({ actor }),
    count: (ctx) => countRequests(ctx),
  },
  {
    ...{ section: 'Catalogue', label: 'API products', icon: 'box', path: (region) => productPaths.list(region) },
    isFor: (actor) => mayAny(actor, 'product.read') || may(actor, 'product.create'),
  },
  {
    ...{ section: 'Catalogue', label: 'Portals', icon: 'globe', path: (region) => portalPaths.list(region) },
    isFor: (actor) => mayAny(actor, 'portal.read') || mayAny(actor, 'portal.style') || may(actor, 'portal.create'),
  },
  {
    ...{ section: 'Catalogue', label: 'Auth strategies', icon: 'key', path: (region) => strategyPaths.list(region) },
    isFor: (actor) => mayAny(actor, 'auth-strategy.read') || may(actor, 'auth-strategy.create'),
  },
  {
    ...{ section: 'Catalogue', label: 'Control planes', icon: 'shield', path: (region) => controlPlanePaths.list(region) },
    isFor: (actor) => mayAny(actor, 'control-plane.read') || may(actor, 'control-plane.create'),
  },
  ...ORGANISATION_ENTRIES,
];

/** The navigation as an administrator sees it. */
export const navigationOf = async (ctx: AdminContext, path: string): Promise<NavSection[]> => {
  const mine = ENTRIES.filter(({ isFor }) => isFor(ctx.actor));
  const isCurrent = (href: string): boolean =>
    path === href || (href !== paths.overview(ctx.region) && path.startsWith(`${href}/`));
  const links = await Promise.all(
    mine.map(async ({ section, label, icon, path: pathOf, count }) => {
      const href = pathOf(ctx.region);
      return { section, link: { label, icon, href, current: isCurrent(href), ...(count ? { count: await count(ctx) } : {}) } };
    }),
  );
  return [...new Set(links.map(({ section }) => section))].map((section) => ({
    label: section,
    links: links.filter((link) => link.section === section).map(({ link }) => link),
  }));
};
