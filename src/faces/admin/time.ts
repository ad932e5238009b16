import { html, type SafeHtml } from '../../lib/html.ts';

/** An instant in a cell of a table: its day, which a script turns into the distance from now. */
export const timeHtml = (at: string): SafeHtml => html`<time datetime="${at}" data-relative>${at.slice(0, 10)}</time>`;
