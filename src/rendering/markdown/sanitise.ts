import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type sanitizeHtml from 'sanitize-html';
import { isExternal, isRelative, isSafeImage, isSafeLink } from './links.ts';

/**
 * In front of every id that our own rendering makes while raw HTML is around, and taken away afterwards: ids without it are the
 * author's and are dropped, so that they cannot take the place of ours.
 */
export const OWN_ID = `own${randomBytes(9).toString('hex')}-`;

const TEXT_TAGS = 'a abbr b br cite code del em i ins kbd mark q s samp small span strong sub sup u var';
const BLOCK_TAGS =
  'blockquote div h1 h2 h3 h4 h5 h6 hr p pre section ul ol li dl dt dd details summary figure figcaption img input';
const TABLE_TAGS = 'table caption colgroup col thead tbody tfoot tr th td';

const OPTIONS = {
  allowedTags: [TEXT_TAGS, BLOCK_TAGS, TABLE_TAGS].flatMap((tags) => tags.split(' ')),
  allowedAttributes: {
    '*': ['id', 'class', 'title', 'lang', 'dir', 'aria-label'],
    a: ['href', 'rel'],
    img: ['src', 'alt', 'width', 'height', 'loading'],
    div: ['role', 'tabindex'],
    input: ['type', 'checked', 'disabled'],
    ol: ['start'],
    li: ['value'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    col: ['span'],
    colgroup: ['span'],
    details: ['open'],
  },
  allowedClasses: {
    '*': ['markdown-alert', 'markdown-alert-*', 'task-list-*', 'footnote*', 'align-*', 'heading-anchor', 'table-scroll'],
  },
  // Addresses are checked in `cleanAttributes`, more closely than these could.
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'data'],
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  exclusiveFilter: ({ tag, attribs }) => tag === 'input' && (attribs['type'] !== 'checkbox' || attribs['disabled'] === undefined),
  // What is in them is not shown either.
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'template', 'iframe', 'noembed', 'noframes', 'xmp', 'title'],
  disallowedTagsMode: 'discard',
} satisfies sanitizeHtml.IOptions;

const require = createRequire(import.meta.url);

/** Most texts hold no raw HTML, and it takes longer to load than they do to render. */
const loadSanitiser = (): typeof sanitizeHtml => require('sanitize-html');

/**
 * HTML with nothing left in it that runs, styles, submits, or loads anything but pictures. Tags end up balanced, so that the text cannot
 * leave the element that it is printed in.
 */
export const sanitise = (html: string, resolvers: Resolvers = {}): string =>
  loadSanitiser()(html, {
    ...OPTIONS,
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: cleanAttributes(tagName, attribs, resolvers) }) },
  });

/** Where relative links and pictures lead; undefined leaves an address as it is. */
interface Resolvers {
  readonly resolveLink?: ((href: string) => string | undefined) | undefined;
  readonly resolveImage?: ((src: string) => string | undefined) | undefined;
}

const cleanAttributes = (
  tag: string,
  attribs: sanitizeHtml.Attributes,
  { resolveLink, resolveImage }: Resolvers,
): sanitizeHtml.Attributes => {
  const { id, href, src, class: classes } = attribs;
  const isScrollable = tag === 'div' && classes === 'table-scroll';
  const changes: Record<string, string | undefined> = {
    id: id?.includes(OWN_ID) ? id : undefined,
    href: undefined,
    src: undefined,
    rel: undefined,
    role: isScrollable ? 'group' : undefined,
    tabindex: isScrollable ? '0' : undefined,
  };
  if (tag === 'a' && href !== undefined && isSafeLink(href)) {
    changes['href'] = (isRelative(href) ? resolveLink?.(href) : undefined) ?? href;
    if (isExternal(href)) changes['rel'] = 'noreferrer';
  }
  if (tag === 'img') {
    changes['loading'] = 'lazy';
    if (src !== undefined && isSafeImage(src)) changes['src'] = resolveImage?.(src) ?? src;
  }
  const cleaned: sanitizeHtml.Attributes = {};
  for (const [name, value] of Object.entries({ ...attribs, ...changes })) if (value !== undefined) cleaned[name] = value;
  return cleaned;
};
