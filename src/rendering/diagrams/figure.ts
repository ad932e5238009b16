import { escapeHtml } from '../../lib/html.ts';
import { type DiagramKind, type DiagramSource, describeDiagram, diagramHash } from './diagram.ts';

/** What a page knows of a diagram: undefined where it is still to be drawn. */
export type ShownDiagram =
  | { readonly light: string; readonly dark: string; readonly width: number; readonly height: number }
  | { readonly message: string }
  | undefined;

interface Place extends DiagramSource {
  readonly title?: string | undefined;
}

/**
 * Stands in rendered Markdown for a diagram until {@link withDiagrams}: the text is kept longer than what is known of the drawing. The
 * element's text is JSON. No author can write such an element, because the sanitiser knows no tag of that name.
 */
const TAG = 'diagram-place';
const PLACE = new RegExp(`<${TAG}>([^<]*)</${TAG}>\n?`, 'g');

const toInertJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

/** The place of a diagram in a text. */
export const placeDiagram = (place: Place): string => `<${TAG}>${toInertJson(place)}</${TAG}>\n`;

/** The diagrams that rendered Markdown has places for. */
export const diagramsIn = (html: string): DiagramSource[] =>
  [...html.matchAll(PLACE)].map(([, json = '']) => JSON.parse(json) as Place); // what `placeDiagram` wrote

const NAMES: Readonly<Record<DiagramKind, string>> = { mermaid: 'Mermaid', plantuml: 'PlantUML' };

const image = (theme: 'light' | 'dark', src: string, size: string, alt: string): string =>
  `<img class="diagram-${theme}" src="${escapeHtml(src)}" ${size} alt="${alt}" loading="lazy">`;

const figure = (place: Place, shown: ShownDiagram): string => {
  const { kind, source, title } = place;
  const name = NAMES[kind];
  const isDrawn = shown !== undefined && 'light' in shown;
  const alt = escapeHtml(title ?? describeDiagram(place));
  const size = isDrawn ? `width="${shown.width}" height="${shown.height}"` : '';
  const drawing = isDrawn
    ? `<div class="diagram-drawing" role="group" tabindex="0" aria-label="${alt}">${image('light', shown.light, size, alt)}${image('dark', shown.dark, size, alt)}</div>`
    : shown === undefined
      ? '<p class="diagram-note diagram-pending">This diagram is being drawn. Until then, here is its source.</p>'
      : `<p class="diagram-note diagram-broken"><strong>This diagram cannot be drawn.</strong> ${escapeHtml(shown.message)}</p>`;
  const caption = title === undefined ? '' : `<figcaption>${escapeHtml(title)}</figcaption>`;
  const code = `<div class="code-block" data-language="${kind}"><pre tabindex="0"><code>${escapeHtml(source)}</code></pre></div>`;
  return `<figure class="diagram">${drawing}${caption}<details${isDrawn ? '' : ' open'}><summary>Source (${name})</summary>${code}</details></figure>\n`;
};

/** Rendered Markdown with its diagrams, as far as they are drawn. */
export const withDiagrams = (html: string, shownOf: (hash: string) => ShownDiagram): string =>
  html.replace(PLACE, (_, json: string) => {
    const place = JSON.parse(json) as Place; // what `placeDiagram` wrote
    return figure(place, shownOf(diagramHash(place)));
  });
