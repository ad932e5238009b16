/** A colour setting as the management API knows it. */
export interface ColorVariable {
  readonly value: string;
  readonly description?: string;
}

export type SectionName = 'header' | 'body' | 'hero' | 'accent' | 'tertiary' | 'stroke' | 'footer';
export type TextName = 'header' | 'hero' | 'headings' | 'primary' | 'secondary' | 'accent' | 'link' | 'footer';
export type ButtonColorName = 'primary_fill' | 'primary_text';

/** The colours of a theme, in the shape of the management API. */
export interface ThemeColors {
  readonly section: Readonly<Record<SectionName, ColorVariable>>;
  readonly text: Readonly<Record<TextName, ColorVariable>>;
  readonly button: Readonly<Record<ButtonColorName, ColorVariable>>;
}

export const THEME_NAMES = ['mint_rocket', 'dark_mode', 'custom'] as const;
export type ThemeName = (typeof THEME_NAMES)[number];

/** The fonts that a portal can choose from. */
export const FONT_NAMES = [
  'Roboto',
  'Inter',
  'Open Sans',
  'Lato',
  'Slabo 27px',
  'Slabo 13px',
  'Oswald',
  'Source Sans Pro',
  'Montserrat',
  'Raleway',
  'PT Sans',
  'Lora',
  'Roboto Mono',
  'Inconsolata',
  'Source Code Pro',
  'PT Mono',
  'Ubuntu Mono',
  'IBM Plex Mono',
] as const;
export type FontName = (typeof FONT_NAMES)[number];

/** Fonts by their use. */
export interface ThemeFonts {
  readonly base: FontName;
  readonly code: FontName;
  readonly headings: FontName;
}

/** What of a portal's appearance decides how its pages look, in the shape of the management API. */
export interface ThemeSettings {
  readonly theme_name: ThemeName;
  readonly custom_theme: { readonly colors: ThemeColors } | null;
  readonly use_custom_fonts: boolean;
  readonly custom_fonts: ThemeFonts | null;
}

type Values<Name extends string> = Readonly<Record<Name, string>>;

const DESCRIPTIONS: {
  readonly section: Values<SectionName>;
  readonly text: Values<TextName>;
  readonly button: Values<ButtonColorName>;
} = {
  section: {
    header: 'Background for header',
    body: 'Background for main content',
    hero: 'Background for hero section',
    accent: 'Subtle background',
    tertiary: 'Tertiary background',
    stroke: 'Border color',
    footer: 'Background for footer',
  },
  text: {
    header: 'Header text',
    hero: 'Hero text',
    headings: 'Headings text',
    primary: 'Main content text',
    secondary: 'Supporting text',
    accent: 'Subtle text',
    link: 'Link text',
    footer: 'Footer text',
  },
  button: { primary_fill: 'Background for Primary Button', primary_text: 'Text for Primary Button' },
};

const describe = <Name extends string>(values: Values<Name>, descriptions: Values<Name>): Record<Name, ColorVariable> => {
  const described: Partial<Record<Name, ColorVariable>> = {};
  for (const name in values) described[name] = { value: values[name], description: descriptions[name] };
  return described as Record<Name, ColorVariable>;
};

const theme = (section: Values<SectionName>, text: Values<TextName>, button: Values<ButtonColorName>): ThemeColors => ({
  section: describe(section, DESCRIPTIONS.section),
  text: describe(text, DESCRIPTIONS.text),
  button: describe(button, DESCRIPTIONS.button),
});

const BUTTON = { primary_fill: '#1155CB', primary_text: '#FFFFFF' };
const INK = 'rgba(0,0,0,0.8)';

/** The themes that come with every portal. */
export const BUILT_IN_THEMES: Readonly<Record<'mint_rocket' | 'dark_mode', ThemeColors>> = {
  mint_rocket: theme(
    {
      header: '#F8F8F8',
      body: '#FFFFFF',
      hero: '#F8F8F8',
      accent: '#F8F8F8',
      tertiary: '#FFFFFF',
      stroke: 'rgba(0,0,0,0.1)',
      footer: '#07A88D',
    },
    {
      header: INK,
      hero: '#FFFFFF',
      headings: INK,
      primary: INK,
      secondary: INK,
      accent: '#07A88D',
      link: '#07A88D',
      footer: '#FFFFFF',
    },
    BUTTON,
  ),
  dark_mode: theme(
    {
      header: '#0A161E',
      body: '#0C0C0C',
      hero: '#1A1D21',
      accent: '#1F1F1F',
      tertiary: '#222529',
      stroke: '#34393F',
      footer: '#212429',
    },
    {
      header: '#FFFFFF',
      hero: 'rgba(255,255,255,0.8)',
      headings: '#FFFFFF',
      primary: '#C8C8C9',
      secondary: '#919294',
      accent: '#FFFFFF',
      link: '#2977FF',
      footer: '#FFFFFF',
    },
    BUTTON,
  ),
};

/** The settings that a portal begins with, as `GET /v2/portals/appearance-defaults` answers them. */
export const appearanceDefaults = (): {
  themes: Record<'mint_rocket' | 'dark_mode', { colors: ThemeColors }>;
  fonts: ThemeFonts;
  text: { catalog: { welcome_message: string; primary_header: string } };
} => ({
  themes: {
    mint_rocket: { colors: BUILT_IN_THEMES.mint_rocket },
    dark_mode: { colors: BUILT_IN_THEMES.dark_mode },
  },
  fonts: { base: 'Roboto', code: 'Roboto Mono', headings: 'Lato' },
  text: {
    catalog: {
      welcome_message: 'Welcome to our service catalog',
      primary_header: 'Find All of Our Services in a Single Place',
    },
  },
});
