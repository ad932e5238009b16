import { randomBytes } from 'node:crypto';
import sanitizeHtml from 'sanitize-html';
import { isSafeImage, isSafeLink } from './links.ts';

/**
 * Put in front of every id that our own rendering makes while raw HTML is around, and taken away afterwards: ids without it are the
 * author's and are dropped, so that they cannot take the place of ours.
 */
export const OWN_ID = `own${randomBytes(9).toString('hex')}-`;

const CLASSES = ['hljs', 'hljs-*', 'language-*', 'markdown-alert', 'markdown-alert-*', 'task-list-*', 'footnote*', 'align-*'];
const OWN_CLASSES = ['heading-anchor', 'code-block', 'table-scroll'];

/** HTML with nothing left in it that runs, styles, submits or loads from elsewhere, but pictures. */
export const sanitise = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'div', 'section', 'blockquote', 'pre', 'code', 'span', 'hr', 'br'],
      ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption', 'colgroup', 'col'],
      ...[
        'a',
        'strong',
        'em',
        'b',
        'i',
        'u',
        's',
        'del',
        'ins',
        'mark',
        'small',
        'sub',
        'sup',
        'kbd',
        'samp',
        'var',
        'abbr',
        'cite',
        'q',
      ],
      ...['img', 'figure', 'figcaption', 'details', 'summary', 'input'],
    ],
    allowedAttributes: {
      '*': ['id', 'class', 'title', 'lang', 'dir', 'role', 'aria-label', 'aria-hidden'],
      a: ['href', 'rel'],
      img: ['src', 'alt', 'width', 'height', 'loading'],
      div: ['tabindex', 'data-language'],
      pre: ['tabindex'],
      input: ['type', 'checked', 'disabled', 'aria-label'],
      ol: ['start'],
      li: ['value'],
      th: ['colspan', 'rowspan', 'scope'],
      td: ['colspan', 'rowspan'],
      col: ['span'],
      colgroup: ['span'],
      details: ['open'],
    },
    allowedClasses: { '*': [...CLASSES, ...OWN_CLASSES] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'data'], // checked more closely below
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    transformTags: { '*': cleanAttributes },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'input' && (attribs['type'] !== 'checkbox' || attribs['disabled'] === undefined),
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'template',
      'iframe',
      'noembed',
      'noframes',
      'xmp',
      'title',
    ],
    disallowedTagsMode: 'discard',
    parser: { lowerCaseTags: true },
  });

const cleanAttributes: sanitizeHtml.Transformer = (tagName, attribs) => {
  const { id, href, src, ...rest } = attribs;
  return {
    tagName,
    attribs: {
      ...rest,
      ...(id?.includes(OWN_ID) ? { id } : {}),
      ...(href !== undefined && isSafeLink(href) ? { href } : {}),
      ...(src !== undefined && isSafeImage(src) ? { src } : {}),
    },
  };
};
