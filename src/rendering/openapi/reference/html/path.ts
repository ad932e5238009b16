import { html, type SafeHtml } from '../../../../lib/html.ts';

/** A path with its parameters marked, and places to break the line. */
export const printPath = (path: string): SafeHtml =>
  html`${path
    .split(/(\{[^{}]*\})/)
    .map((part, index) =>
      index % 2 === 1
        ? html`<span class="path-parameter">${part}</span>`
        : part.split(/(?<=\/)/).map((segment, position) => html`${position > 0 && html`<wbr>`}${segment}`),
    )}`;
