import { listImageHashes, type Portal } from '../../domain/portals/index.ts';
import { seesPortal } from '../../domain/visibility/index.ts';
import type { Breadcrumb, NavLink, PortalLayoutModel } from '../../http/layout-model.ts';
import { slotText } from '../../http/slots.ts';
import { appearanceDefaults, defaultMode, type ThemeSettings } from '../../rendering/theme/index.ts';
import type { PortalContext, PortalDeps } from './context.ts';
import { paths } from './paths.ts';
import { stylesheetOf } from './site/stylesheet.ts';
import { type PageSubject, structuredData } from './structured-data.ts';

/** What a page says of itself. */
export interface PageHead {
  readonly title: string;
  readonly description?: string | undefined;
  /** The page's own address, whichever one it was reached by; pages without one are not indexed. */
  readonly path?: string;
  readonly breadcrumbs?: readonly Breadcrumb[];
  /** Goes with `path`. */
  readonly subject?: PageSubject;
  /** What the search box of the header holds. */
  readonly searched?: string;
}

const MAX_DESCRIPTION = 160;

/** Where a portal's visitors find it: on its custom domain, or else on its default one. */
export const originOf = ({ customDomain, defaultDomain }: Portal, baseUrl: string): string => {
  const { protocol, port } = new URL(baseUrl);
  return `${protocol}//${customDomain ?? defaultDomain}${port === '' ? '' : `:${port}`}`;
};

/** Text cut to what search engines show, between words. */
export const shorten = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= MAX_DESCRIPTION) return flat;
  const cut = flat.slice(0, MAX_DESCRIPTION);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_DESCRIPTION - 40))}…`;
};

/** The texts of a portal's start page: its operator's, or those that come with every portal. */
export const textOf = ({ appearance }: Portal) => (appearance.text ?? appearanceDefaults().text).catalog;

/** Who is signed in, or how to be; on a public portal nobody can. Pages are kept for many: who it is, is filled in later. */
const accountOf = ({ portal, developer }: PortalContext): PortalLayoutModel['account'] => {
  if (portal.isPublic) return null;
  if (!developer) return { kind: 'visitor', signInHref: paths.login(), signUpHref: paths.register };
  return {
    kind: 'developer',
    name: slotText('name'),
    href: paths.account,
    signOutAction: paths.logout,
    csrfToken: slotText('csrf'),
  };
};

const navOf = ({ developer }: PortalContext, { path }: PageHead): NavLink[] => [
  { label: 'APIs', href: paths.catalogue(), current: path === paths.catalogue() },
  ...(developer ? [{ label: 'My applications', href: paths.applications(), current: path === paths.applications() }] : []),
];

/** Where a page about something is Markdown: at its own address, with `.md`. */
const markdownOf = ({ path, subject }: PageHead): { markdownHref?: string } =>
  path === undefined || !subject || subject.kind === 'portal' ? {} : { markdownHref: path.replace(/(?=\?|$)/, '.md') };

/** What the portal's layout prints around a page. */
export const layoutOf = async (ctx: PortalContext, head: PageHead): Promise<PortalLayoutModel> => {
  const { portal, deps } = ctx;
  const isInside = seesPortal(portal, ctx.visitor);
  const images = await listImageHashes(ctx, portal.id);
  const origin = originOf(portal, deps.baseUrl);
  const isIndexed = portal.isPublic && head.path !== undefined;
  const description = shorten(head.description ?? portal.description ?? '');
  const { title, path, subject, breadcrumbs = [] } = head;
  return {
    title,
    ...(description === '' ? {} : { description }),
    ...(isIndexed ? { canonical: `${origin}${head.path}` } : { robots: 'noindex' }),
    ...(isIndexed && images.catalog_cover ? { image: `${origin}${paths.image('catalog_cover', images.catalog_cover)}` } : {}),
    ...markdownOf(head),
    ...(path !== undefined && subject
      ? { structuredData: structuredData({ subject, title, description, path, breadcrumbs }, portal, origin) }
      : {}),
    portal: {
      name: portal.displayName,
      href: paths.catalogue(),
      ...(images.logo ? { logoHref: paths.image('logo', images.logo) } : {}),
      ...(images.favicon ? { faviconHref: paths.image('favicon', images.favicon) } : {}),
      stylesheetHref: paths.theme(stylesheetOf(deps.assets, portal.appearance).hash),
      theme: defaultMode(portal.appearance),
    },
    nav: isInside ? navOf(ctx, head) : [],
    search: isInside ? { action: paths.search(), value: head.searched ?? '', suggestions: paths.suggestions } : null,
    account: accountOf(ctx),
    breadcrumbs,
    ...(ctx.flash ? { flash: ctx.flash } : {}),
  };
};

const NO_PORTAL: ThemeSettings = { theme_name: 'mint_rocket', custom_theme: null, use_custom_fonts: false, custom_fonts: null };

/** A layout that needs no data: where there is no portal yet, or none can be asked for. Of a portal that is known, it has name and look. */
export const bareLayout = ({ assets }: Pick<PortalDeps, 'assets'>, title: string, portal?: Portal): PortalLayoutModel => ({
  title,
  robots: 'noindex',
  portal: {
    name: portal?.displayName ?? 'Portico',
    href: paths.catalogue(),
    stylesheetHref: paths.theme(stylesheetOf(assets, portal?.appearance ?? NO_PORTAL).hash),
    theme: portal ? defaultMode(portal.appearance) : 'system',
  },
  nav: [],
  search: null,
  account: null,
  breadcrumbs: [],
});
