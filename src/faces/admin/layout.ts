import type { AdminLayoutModel, Breadcrumb, Flash } from '../../http/layout-model.ts';
import { slotText } from '../../http/slots.ts';
import type { AdminContext } from './context.ts';
import { navigationOf } from './navigation.ts';
import { paths } from './paths.ts';

/** What a page says of itself. */
export interface PageHead {
  readonly title: string;
  /** The way to the page, without the page. */
  readonly breadcrumbs?: readonly Breadcrumb[];
}

const NAME = 'Portico';

const REGION_NAMES: Readonly<Record<string, string>> = {
  us: 'United States',
  eu: 'Europe',
  au: 'Australia',
  me: 'Middle East',
  in: 'India',
};

const WITH_ARTICLE: ReadonlySet<string> = new Set(['us', 'me']);

/** What a region is called. */
export const regionName = (region: string): string => REGION_NAMES[region] ?? region;

/** A region as the place where something is: `in the United States`. */
export const inRegion = (region: string): string => `in ${WITH_ARTICLE.has(region) ? 'the ' : ''}${regionName(region)}`;

/** What the administration's layout prints around a page. `path`: of the page, without its query. */
export const layoutOf = async (
  ctx: AdminContext,
  path: string,
  { title, breadcrumbs = [] }: PageHead,
  flash?: Flash,
): Promise<AdminLayoutModel> => ({
  title,
  robots: 'noindex',
  organisation: { name: NAME, href: paths.overview(ctx.region) },
  sections: await navigationOf(ctx, path),
  regions: ctx.deps.regions.map((region) => ({
    label: regionName(region),
    href: paths.overview(region),
    current: region === ctx.region,
  })),
  account: {
    name: ctx.administrator.name,
    href: paths.account(ctx.region),
    signOutAction: paths.logOut(ctx.region),
    csrfToken: slotText('csrf'),
  },
  breadcrumbs: breadcrumbs.length === 0 ? [] : [...breadcrumbs, { label: title }],
  ...(flash ? { flash } : {}),
});

/** The layout for who is not logged in: nothing but the name. */
export const bareLayout = ({ title }: PageHead, flash?: Flash): AdminLayoutModel => ({
  title,
  robots: 'noindex',
  organisation: { name: NAME, href: paths.root() },
  sections: [],
  regions: [],
  account: null,
  breadcrumbs: [],
  ...(flash ? { flash } : {}),
});
