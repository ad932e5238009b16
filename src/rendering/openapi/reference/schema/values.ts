import { html, type SafeHtml } from '../../../../lib/html.ts';

const MAX_INLINE = 120;

/** Cuts text to a length, with an ellipsis in place of what is cut. */
export const clip = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text);

/** A value on one line, as JSON except that strings stand without quotes; what is nested deeper than two levels is left out. */
const inlineText = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth > 1) return '…';
  const items = Array.isArray(value)
    ? value.slice(0, 12).map((item) => inlineText(item, depth + 1))
    : Object.entries(value)
        .slice(0, 12)
        .map(([key, item]) => `${JSON.stringify(key)}: ${inlineText(item, depth + 1)}`);
  return Array.isArray(value) ? `[${items.join(', ')}]` : `{${items.join(', ')}}`;
};

/** A value as inline code. */
export const inlineValue = (value: unknown): SafeHtml => {
  const shown = inlineText(value);
  return html`<code>${shown === '' ? '""' : clip(shown, MAX_INLINE)}</code>`;
};
