import { z } from 'zod';
import type { AppearanceChanges, ImageKind, PortalAppearance } from '../../../domain/portals/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { appearanceDefaults, FONT_NAMES, parseColor, type ThemeColors, type ThemeName } from '../../../rendering/theme/index.ts';

const { themes, fonts, text } = appearanceDefaults();

const GROUPS = ['section', 'text', 'button'] as const;
type Group = (typeof GROUPS)[number];

/** The colours of a theme, each as one field: `section.header`. */
const COLORS: readonly { readonly group: Group; readonly name: string; readonly label: string }[] = GROUPS.flatMap((group) =>
  Object.entries(themes.mint_rocket.colors[group]).map(([name, { description = name }]) => ({ group, name, label: description })),
);

const colorField = z
  .string()
  .trim()
  .refine((value) => parseColor(value) !== undefined, 'Enter a colour, such as #1155CB or rgb(17, 85, 203)');

const colorFields = Object.fromEntries(COLORS.map(({ group, name }) => [`${group}.${name}`, colorField]));

const font = z.enum(FONT_NAMES, 'Choose one of these fonts');
const sentence = z.string().trim().max(512, 'Write at most 512 characters').default('');

const look = z.object({
  customFonts: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
  baseFont: font,
  headingsFont: font,
  codeFont: font,
  header: sentence,
  welcome: sentence,
});

/** Values of fields; those of colours are read only where the theme is one's own. */
type Values = z.output<typeof look> & { readonly theme: ThemeName } & Readonly<Record<string, unknown>>;

const toChanges = (values: Values): AppearanceChanges => ({
  theme_name: values.theme,
  ...(values.theme === 'custom' ? { custom_theme: { colors: colorsOf(values) } } : {}),
  use_custom_fonts: values.customFonts,
  ...(values.customFonts
    ? { custom_fonts: { base: values.baseFont, headings: values.headingsFont, code: values.codeFont } }
    : {}),
  text:
    values.header === '' && values.welcome === ''
      ? null
      : {
          catalog: {
            primary_header: values.header || text.catalog.primary_header,
            welcome_message: values.welcome || text.catalog.welcome_message,
          },
        },
});

const colorsOf = (values: Readonly<Record<string, unknown>>): ThemeColors => {
  const colors: Record<Group, Record<string, { value: string; description: string }>> = { section: {}, text: {}, button: {} };
  for (const { group, name, label } of COLORS)
    colors[group][name] = { value: String(values[`${group}.${name}`]), description: label };
  return colors as unknown as ThemeColors;
};

/** A look as it was sent; colours count only where the theme is one's own. */
export const appearanceForm = z
  .discriminatedUnion('theme', [
    look.extend({ theme: z.literal('custom'), ...colorFields }),
    look.extend({ theme: z.enum(['mint_rocket', 'dark_mode']) }),
  ])
  .transform((values) => toChanges(values as Values));

const THEME_FIELD: FieldSpec = {
  ...{ name: 'theme', label: 'Theme', type: 'select', required: true },
  options: [
    { value: 'mint_rocket', text: 'Mint rocket (light)' },
    { value: 'dark_mode', text: 'Dark mode' },
    { value: 'custom', text: 'Your own colours' },
  ],
  hint: 'Visitors switch between light and dark as they like; the other mode is worked out from this one.',
};

const fontField = (name: string, label: string): FieldSpec => ({
  ...{ name, label, type: 'select' },
  options: FONT_NAMES.map((value) => ({ value, text: value })),
});

/** The fields of the form, in the parts that it shows. */
export const APPEARANCE_PARTS: readonly {
  readonly title: string;
  readonly hint?: string;
  readonly fields: readonly FieldSpec[];
}[] = [
  {
    title: 'Start page',
    fields: [
      { name: 'header', label: 'Headline', optional: true, autocomplete: 'off' },
      { name: 'welcome', label: 'Welcome', type: 'textarea', rows: 2, optional: true },
    ],
  },
  { title: 'Theme', fields: [THEME_FIELD] },
  {
    title: 'Your own colours',
    hint: 'In force with the theme “Your own colours”. Where text could not be read on its background, pages show it in the nearest colour that can.',
    fields: COLORS.map(({ group, name, label }) => ({ name: `${group}.${name}`, label, autocomplete: 'off' })),
  },
  {
    title: 'Fonts',
    fields: [
      {
        name: 'customFonts',
        label: 'Fonts of your own choice',
        type: 'checkbox',
        hint: 'Otherwise those of the visitor’s system; served from here.',
      },
      fontField('baseFont', 'Text'),
      fontField('headingsFont', 'Headings'),
      fontField('codeFont', 'Code'),
    ],
  },
];

/** A look as the form shows it. */
export const appearanceValues = (appearance: PortalAppearance): Record<string, unknown> => {
  const { theme_name, custom_theme, use_custom_fonts, custom_fonts } = appearance;
  const colors = custom_theme?.colors ?? themes[theme_name === 'dark_mode' ? 'dark_mode' : 'mint_rocket'].colors;
  const values = Object.entries(colors).flatMap(([group, variables]) =>
    Object.entries(variables as Record<string, { value: string }>).map(([name, { value }]) => [`${group}.${name}`, value]),
  );
  const shown = custom_fonts ?? fonts;
  return {
    theme: theme_name,
    customFonts: use_custom_fonts,
    ...{ baseFont: shown.base, headingsFont: shown.headings, codeFont: shown.code },
    header: appearance.text?.catalog.primary_header ?? '',
    welcome: appearance.text?.catalog.welcome_message ?? '',
    ...Object.fromEntries(values),
  };
};

export const IMAGES: readonly { readonly kind: ImageKind; readonly title: string; readonly hint: string }[] = [
  { kind: 'logo', title: 'Logo', hint: 'In the header, 32 pixels high.' },
  { kind: 'catalog_cover', title: 'Cover', hint: 'Beside the headline of the start page.' },
  { kind: 'favicon', title: 'Icon', hint: 'In the tab of the browser.' },
];
