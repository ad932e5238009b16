import { z } from 'zod';
import { MAX_IMAGE_LENGTH } from '../../../domain/portals/index.ts';
import { text } from '../../../http/schemas.ts';
import { FONT_NAMES, THEME_NAMES } from '../../../rendering/theme/index.ts';

const color = () => z.strictObject({ value: text({ max: 255 }), description: text({ max: 512 }).exactOptional() });

const colors = () =>
  z.strictObject({
    section: z.strictObject({
      header: color(),
      body: color(),
      hero: color(),
      accent: color(),
      tertiary: color(),
      stroke: color(),
      footer: color(),
    }),
    text: z.strictObject({
      header: color(),
      hero: color(),
      headings: color(),
      primary: color(),
      secondary: color(),
      accent: color(),
      link: color(),
      footer: color(),
    }),
    button: z.strictObject({ primary_fill: color(), primary_text: color() }),
  });

const fonts = () => z.strictObject({ base: z.enum(FONT_NAMES), code: z.enum(FONT_NAMES), headings: z.enum(FONT_NAMES) });

const image = () => z.strictObject({ data: z.string().max(MAX_IMAGE_LENGTH), filename: text({ max: 512 }).optional() }).nullish();

export const updateAppearanceSchema = z.strictObject({
  theme_name: z.enum(THEME_NAMES).optional(),
  custom_theme: z.strictObject({ colors: colors() }).nullish(),
  use_custom_fonts: z.boolean().optional(),
  custom_fonts: fonts().nullish(),
  text: z
    .strictObject({
      catalog: z.strictObject({ welcome_message: text({ max: 512 }), primary_header: text({ max: 512 }) }),
    })
    .nullish(),
  images: z.strictObject({ logo: image(), favicon: image(), catalog_cover: image() }).partial().nullish(),
});
