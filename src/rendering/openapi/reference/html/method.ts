import { html, type SafeHtml } from '../../../../lib/html.ts';

const COLOURED = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** The badge of a method; `method-get` … `method-delete`, `method-other` colour it. */
export const methodBadge = (method: string): SafeHtml =>
  html`<span class="method method-${COLOURED.has(method) ? method : 'other'}">${method.toUpperCase()}</span>`;
