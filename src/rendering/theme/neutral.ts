import type { ThemeColors } from './defaults.ts';

const variables = <Name extends string>(values: Readonly<Record<Name, string>>): Record<Name, { value: string }> =>
  Object.fromEntries(Object.entries<string>(values).map(([name, value]) => [name, { value }])) as Record<Name, { value: string }>;

/**
 * The product's own colours: of the administration (`tokens.css` holds what follows from them), and the ground on which a portal's brand
 * stands in the mode that its theme was not made for.
 */
export const NEUTRAL: Readonly<Record<'light' | 'dark', ThemeColors>> = {
  light: {
    section: variables({
      header: '#ffffff',
      body: '#ffffff',
      hero: '#f7f8fa',
      accent: '#f6f7f9',
      tertiary: '#ffffff',
      stroke: '#e3e6ea',
      footer: '#f6f7f9',
    }),
    text: variables({
      header: '#1d232e',
      hero: '#141923',
      headings: '#141923',
      primary: '#2a313d',
      secondary: '#5b6472',
      accent: '#3556c9',
      link: '#3556c9',
      footer: '#5b6472',
    }),
    button: variables({ primary_fill: '#3556c9', primary_text: '#ffffff' }),
  },
  dark: {
    section: variables({
      header: '#0e1116',
      body: '#0e1116',
      hero: '#12161c',
      accent: '#151a21',
      tertiary: '#1a2028',
      stroke: '#272e38',
      footer: '#12161c',
    }),
    text: variables({
      header: '#e8ebf0',
      hero: '#f3f5f8',
      headings: '#f3f5f8',
      primary: '#cdd3dc',
      secondary: '#98a2b1',
      accent: '#93aefc',
      link: '#93aefc',
      footer: '#98a2b1',
    }),
    button: variables({ primary_fill: '#4b6cf0', primary_text: '#ffffff' }),
  },
};
