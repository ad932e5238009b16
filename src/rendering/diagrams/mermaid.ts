import type { Mermaid, MermaidConfig } from 'mermaid';
import { DiagramError } from './diagram-error.ts';
import { installDom } from './dom/install.ts';
import { forgetStyles } from './dom/style-rules.ts';
import { FONT_FAMILY } from './dom/text-width.ts';

let loading: Promise<Mermaid> | undefined;

const load = async (): Promise<Mermaid> => {
  installDom();
  return (await import('mermaid')).default;
};

const MAX_TEXT = 50_000;
const MAX_EDGES = 1_000;

const configOf = (dark: boolean): MermaidConfig => ({
  startOnLoad: false,
  securityLevel: 'strict',
  suppressErrorRendering: true,
  // Text as SVG: HTML inside of it shows in no image, and is nothing that we would let pass.
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  class: { htmlLabels: false },
  theme: dark ? 'dark' : 'default',
  fontFamily: FONT_FAMILY,
  deterministicIds: true,
  maxTextSize: MAX_TEXT,
  maxEdges: MAX_EDGES,
  // What a diagram's own directives do not change.
  secure: [
    ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering', 'htmlLabels'],
    ...['deterministicIds', 'fontFamily', 'themeCSS', 'dompurifyConfig'],
  ],
});

/** What the parser says, on one line and without its list of everything that it would have liked better. */
const messageOf = (error: unknown): string => {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim());
  const [first = ''] = lines;
  const line = /^Parse error on line (\d+)/.exec(first)?.[1];
  if (line !== undefined) return `Line ${line}: this cannot be read${lines[1] ? `, near “${lines[1]}”` : ''}`;
  return first === '' ? 'This cannot be read' : first;
};

/** What is drawn right only where labels are HTML: those in the middle of a shape, and headings that are painted like what they stand on. */
const mend = (drawing: Element): Element => {
  for (const label of drawing.querySelectorAll('.node > .label'))
    if (label.getAttribute('transform')?.startsWith('translate(0,')) label.setAttribute('text-anchor', 'middle');
  for (const heading of drawing.querySelectorAll('switch > text.journey-section')) heading.removeAttribute('class');
  return drawing;
};

/**
 * Draws a Mermaid diagram, one at a time.
 * @throws DiagramError
 */
export const drawMermaid = async (source: string, dark: boolean): Promise<Element> => {
  loading ??= load();
  const mermaid = await loading;
  document.body.replaceChildren();
  forgetStyles(document);
  mermaid.initialize(configOf(dark));
  try {
    const { svg } = await mermaid.render('drawing', source);
    const holder = document.createElement('div');
    holder.innerHTML = svg;
    const drawing = holder.querySelector('svg');
    if (drawing) return mend(drawing);
  } catch (error) {
    throw new DiagramError(messageOf(error));
  }
  throw new DiagramError('Nothing was drawn');
};
