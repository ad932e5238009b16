import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Tag } from '../model/model.ts';
import type { PrintContext } from './context.ts';
import { externalLink } from './urls.ts';

/** What a tag says about itself; nothing where it says nothing. */
export const printTag = (context: PrintContext, { description, externalDocs }: Tag): SafeHtml =>
  html`${description !== undefined && context.prose(description)}${
    externalDocs !== undefined && html`<p>${externalLink(externalDocs.url, externalDocs.text)}</p>`
  }`;
