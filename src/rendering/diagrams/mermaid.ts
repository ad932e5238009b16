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

/** C4's own grey and light blue are too light for the white words on them. */
const C4_SHAPES: readonly (readonly [kind: string, background: string, border: string])[] = [
  ['external_system', '#6b6b6b', '#8a8a8a'],
  ['container', '#2471bd', '#3c7fc0'],
  ['external_container', '#6b6b6b', '#8a8a8a'],
  ['component', '#3a6ea5', '#5d82a8'],
  ['external_component', '#6b6b6b', '#8a8a8a'],
];
const C4_COLOURS = Object.fromEntries(
  C4_SHAPES.flatMap(([kind, background, border]) =>
    ['', '_db', '_queue'].flatMap((form) => [
      [`${kind}${form}_bg_color`, background],
      [`${kind}${form}_border_color`, border],
    ]),
  ),
);

const configOf = (dark: boolean): MermaidConfig => ({
  startOnLoad: false,
  securityLevel: 'strict',
  suppressErrorRendering: true,
  // Text as SVG: HTML inside of it shows in no image, and is nothing that we would let pass.
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  class: { htmlLabels: false },
  c4: C4_COLOURS,
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

/** Where lines are counted as the parser counts them: it is given no settings and comments. */
const lineOf = (source: string, number: number): string | undefined =>
  /^\s*---|^\s*%%/m.test(source) ? undefined : source.split('\n')[number - 1]?.trim().slice(0, 80) || undefined;

/** What the parser says, on one line and without its list of everything that it would have liked better. */
const messageOf = (error: unknown, source: string): string => {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim());
  const [first = ''] = lines;
  const line = /^Parse error on line (\d+)/.exec(first)?.[1];
  if (line !== undefined) {
    // its own excerpt runs the lines before into one
    const near = lineOf(source, Number(line)) ?? lines[1];
    return `Line ${line}: this cannot be read${near ? `, near “${near}”` : ''}`;
  }
  return first === '' ? 'This cannot be read' : first;
};

/** What C4 paints lines and their labels with, whatever the theme is. */
const C4_INK = '#444444';
const INK_IN_THE_DARK = '#cccccc';

/** C4 diagrams know no theme, and put labels where their HTML would begin. */
const mendC4 = (drawing: Element, dark: boolean): void => {
  for (const place of drawing.querySelectorAll('.c4-shape > .label, .c4-shape > .label > g')) {
    const down = /^translate\([^,]*,(.*)\)$/.exec(place.getAttribute('transform') ?? '')?.[1];
    if (down !== undefined) place.setAttribute('transform', `translate(0,${down})`);
  }
  for (const painted of dark ? ['fill', 'stroke'] : [])
    for (const element of drawing.querySelectorAll(`[${painted}="${C4_INK}"]`)) element.setAttribute(painted, INK_IN_THE_DARK);
};

/** What is drawn right only where labels are HTML: those in the middle of a shape, and headings that are painted like what they stand on. */
const mend = (drawing: Element, dark: boolean): Element => {
  if (drawing.getAttribute('aria-roledescription') === 'c4') mendC4(drawing, dark);
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
    if (drawing) return mend(drawing, dark);
  } catch (error) {
    throw new DiagramError(messageOf(error, source));
  }
  throw new DiagramError('Nothing was drawn');
};
