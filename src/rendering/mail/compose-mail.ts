import nunjucks from 'nunjucks';
import { describeDevice } from '../../lib/device.ts';
import { palettesOf, type ThemeSettings } from '../theme/index.ts';

/** What every mail has around its own words. */
export interface MailFrame {
  /** in whose name it comes, and where that is */
  readonly sender: { readonly name: string; readonly href: string };
  readonly recipient: { readonly name: string };
  /** how its sender looks */
  readonly theme: ThemeSettings;
}

/** A mail in words. */
export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Puts a mail into words, as text and as HTML.
 * @param template a file of `views/mail`, without its ending
 * @param model what the template prints beside the frame: values, never templates
 * @throws when the template is missing or prints something undefined or null
 */
export type ComposeMail = (template: string, frame: MailFrame, model: object) => ComposedMail;

const DATE_TIME = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  ...{ timeZone: 'UTC', timeZoneName: 'short' },
});

const FORMATS = ['subject', 'text', 'html'] as const;
type Format = (typeof FORMATS)[number];

const environmentOf = (directory: string, format: Format): nunjucks.Environment => {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(directory), {
    autoescape: format === 'html',
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addGlobal('layout', `layouts/${format}.njk`);
  environment.addGlobal('parts', `parts/${format === 'html' ? 'html' : 'text'}.njk`);
  environment.addFilter('dateTime', (instant: string) => DATE_TIME.format(new Date(instant)));
  environment.addFilter('browser', describeDevice);
  environment.addFilter('oneLine', (text: unknown) => String(text).replace(/\s+/g, ' ').trim());
  environment.addFilter('quoted', (text: string) =>
    text
      .trim()
      .split(/\r?\n/)
      .map((line) => `> ${line}`)
      .join('\n'),
  );
  return environment;
};

/** Text as it is read: no more than one empty line at a time. */
const tidy = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

/**
 * Composes mails from the templates of a folder. Each is written once, in terms of `parts` (paragraph, button, quote …) that exist as
 * text and as HTML.
 */
export const createMailComposer = (directory: string): ComposeMail => {
  const environments = new Map(FORMATS.map((format) => [format, environmentOf(directory, format)]));
  const render = (format: Format, template: string, model: object): string =>
    environments.get(format)?.render(`${template}.njk`, model) ?? '';
  return (template, { theme, ...frame }, own) => {
    const { light, dark } = palettesOf(theme);
    const model = { ...own, ...frame, light, dark };
    return {
      subject: render('subject', template, model).replace(/\s+/g, ' ').trim(),
      text: tidy(render('text', template, model)),
      html: render('html', template, model),
    };
  };
};
