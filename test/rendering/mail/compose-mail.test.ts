import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { createMailComposer, type MailFrame } from '../../../src/rendering/mail/compose-mail.ts';
import { palettesOf } from '../../../src/rendering/theme/index.ts';
import { filesBelow, ROOT } from '../../support/source.ts';

const compose = createMailComposer(`${ROOT}/views/mail`);

const frame: MailFrame = {
  sender: { name: 'Rails & <Roads>', href: 'https://portal.example.com/' },
  recipient: { name: 'Ada "<b>" Lovelace' },
  theme: { theme_name: 'mint_rocket', custom_theme: null, use_custom_fonts: false, custom_fonts: null },
};

/** Values of everything that any template prints. */
const EVERYTHING = {
  ...{ link: 'https://portal.example.com/login?token=1&x=<y>', reason: 'First line {{ 1 + 1 }}\n<script>second</script>' },
  ...{
    application: 'Shop <i>',
    product: 'Orders & more',
    version: 'v1',
    portal: 'Partners',
    developer: 'Bert',
    email: 'b@example.com',
  },
  ...{
    at: '2026-01-31T09:30:00.000Z',
    expiresAt: '2026-02-28T09:30:00.000Z',
    key: 'main',
    prefix: 'abc_123',
    address: '192.0.2.1',
  },
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
};

const templates = filesBelow('views/mail', '.njk')
  .filter((file) => !/layouts|parts/.test(file))
  .map((file) => file.replace(/^views\/mail\/|\.njk$/g, ''));

describe.each(templates)('the mail %s', (template) => {
  const { subject, text, html } = compose(template, frame, EVERYTHING);

  it('has a subject of one line', () => {
    expect(subject).toMatch(/^[^\n]{10,}$/);
  });

  it('says the same as text and as HTML', () => {
    const $ = load(html);
    const words = (value: string): string => value.replace(/\s+/g, ' ').trim();
    const said = words($('.words').first().text());
    for (const paragraph of text.split('\n\n').slice(0, 2)) expect(said).toContain(words(paragraph));
    expect(words(text)).toContain(words($('.muted').last().text()).split('.')[0] ?? '');
    expect($('title').text().trim()).toBe(subject);
  });

  it('names whoever sends it, and why one gets it', () => {
    expect(text).toContain('Rails & <Roads> - https://portal.example.com/');
    expect(text).toContain('You get this mail because');
    expect(load(html)('.header a').attr('href')).toBe(frame.sender.href);
  });

  it('prints no value as HTML or as a template', () => {
    const $ = load(html);
    expect($('script, b, i, roads')).toHaveLength(0);
    expect($('link, img, iframe')).toHaveLength(0);
    expect(text + html).not.toContain('First line 2');
  });

  it('leads where it should', () => {
    const links = load(html)('a')
      .map((_index, element) => load(html)(element).attr('href'))
      .get();
    expect(new Set(links).size).toBe(new Set([...links, frame.sender.href]).size);
    for (const link of links) expect([EVERYTHING.link, frame.sender.href]).toContain(link);
    if (links.includes(EVERYTHING.link)) expect(text).toContain(`\n${EVERYTHING.link}\n`);
  });
});

describe('mails', () => {
  it('quote what somebody wrote, line by line', () => {
    const { text, html } = compose('developer-rejected', frame, { reason: 'One\r\ntwo\n\nthree' });
    expect(text).toContain('> One\n> two\n>\n> three\n');
    expect(load(html)('blockquote').text()).toMatch(/One\s+two\s+three/);
    expect(compose('developer-rejected', frame, { reason: null }).html).not.toContain('<blockquote');
  });

  it('are not composed when something is missing', () => {
    expect(() => compose('developer-approved', frame, {})).toThrow();
    expect(() => compose('developer-praised', frame, {})).toThrow();
  });

  it('greet nobody whose name is not known', () => {
    const { text } = compose('developer-received', { ...frame, recipient: { name: '' } }, {});
    expect(text).toMatch(/^Hello,\n/);
  });

  it('have the colours of their sender, in light and dark', () => {
    const theme = { ...frame.theme, theme_name: 'dark_mode' } as const;
    const { light, dark } = palettesOf(theme);
    const { html } = compose('developer-approved', { ...frame, theme }, EVERYTHING);
    expect(html).toContain(`background:${light['header-bg']}`);
    expect(html).toContain(`background: ${dark['header-bg']} !important`);
  });

  it('say when and with which browser', () => {
    const { text } = compose('developer-device', frame, EVERYTHING);
    expect(text).toMatch(/When: 31 January 2026.*09:30 UTC/);
    expect(text).toContain('Browser: Firefox on Linux');
    expect(compose('developer-device', frame, { ...EVERYTHING, userAgent: '', address: '' }).text).toContain(
      'Browser: Unknown device',
    );
  });
});
