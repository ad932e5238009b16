import type { Request, Response } from 'express';
import { demand } from '../../../domain/access/index.ts';
import { getAppearance, listImageHashes, type PortalAppearance } from '../../../domain/portals/index.ts';
import { CSRF_FIELD } from '../../../http/csrf.ts';
import type { PortalLayoutModel } from '../../../http/layout-model.ts';
import { sendUnkept } from '../../../http/send-unkept.ts';
import { appearanceDefaults, contrastWarnings, defaultMode, fontsOf, themeCss } from '../../../rendering/theme/index.ts';
import type { AdminContext } from '../context.ts';
import { portalIdOf, portalOf } from '../portals/frame.ts';
import { appearancePaths } from '../portals/paths.ts';
import { appearanceForm } from './forms.ts';

/** What describes a look: a form that was sent, or the query of an address. */
const describedBy = (req: Request): Record<string, string> => {
  const { [CSRF_FIELD]: _token, ...fields } = (req.method === 'POST' ? req.body : req.query) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
};

/** The look that a request describes, over the one that is stored; where it cannot be read, the stored one. */
const draftOf = async (req: Request, ctx: AdminContext): Promise<PortalAppearance> => {
  const { images: _own, ...stored } = await getAppearance(ctx, portalIdOf(req));
  const parsed = appearanceForm.safeParse(describedBy(req));
  if (!parsed.success) return stored;
  const { images: _none, ...draft } = parsed.data;
  const changes = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
  return { ...stored, ...changes };
};

/** The colours and fonts of a draft, by the code that makes those of the portal. */
export const showPreviewStyle = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  demand(ctx.actor, 'portal.style', portalIdOf(req), 'Portal');
  const draft = await draftOf(req, ctx);
  res.type('text/css').send(`${ctx.deps.assets.fontFaceCss(fontsOf(draft))}${themeCss(draft)}`);
};

const own = (policy: string): string => policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");

/** A page of a portal in the look of a draft, to be shown in a frame of the form. */
export const showPreview = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const portal = await portalOf(req, ctx);
  demand(ctx.actor, 'portal.style', portal.id, 'Portal');
  const draft = await draftOf(req, ctx);
  const texts = (draft.text ?? appearanceDefaults().text).catalog;
  const images = await listImageHashes(ctx, portal.id);
  const image = (kind: keyof typeof images): string => `${appearancePaths.image(ctx.region, portal.id, kind)}?${images[kind]}`;
  const layout: PortalLayoutModel = {
    title: portal.displayName,
    robots: 'noindex',
    portal: {
      name: portal.displayName,
      href: '#',
      ...(images.logo ? { logoHref: image('logo') } : {}),
      stylesheetHref: appearancePaths.previewStyle(ctx.region, portal.id, describedBy(req)),
      theme: defaultMode(draft),
    },
    nav: [{ label: 'APIs', href: '#', current: true }],
    search: null,
    account: null,
    breadcrumbs: [],
  };
  const page = {
    ...{ title: texts.primary_header, lead: texts.welcome_message },
    coverHref: images.catalog_cover ? image('catalog_cover') : false,
  };
  res.set({ 'Content-Security-Policy': own(String(res.getHeader('Content-Security-Policy'))), 'X-Frame-Options': 'SAMEORIGIN' });
  await sendUnkept(req, res, ctx.deps.views.render('admin/appearance/preview.njk', { layout, page }), () => '');
};

/** What of a look cannot be read well, in words. */
export const warningsOf = ({ theme_name, custom_theme }: PortalAppearance): string[] => {
  if (theme_name !== 'custom' || custom_theme === null) return [];
  const { colors } = custom_theme;
  const nameOf = (path: string): string => {
    const [group = '', name = ''] = path.split('.');
    const variables = colors[group as keyof typeof colors] as Record<string, { description?: string }>;
    return variables[name]?.description ?? path;
  };
  return contrastWarnings(colors).map(
    ({ text, background, ratio }) =>
      `${nameOf(text)} on “${nameOf(background)}”: ${ratio.toFixed(1)} to 1, at least 4.5 is asked for`,
  );
};
