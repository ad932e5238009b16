import { DiagramError } from './diagram-error.ts';
import { installDom } from './dom/install.ts';
import { FONT_FAMILY } from './dom/text-width.ts';

type Engine = typeof import('@plantuml/core');

let loading: Promise<Engine> | undefined;

/** Loads the engine with its layouts and themes. It finds no libraries and includes nothing: neither files nor addresses. */
const load = async (): Promise<Engine> => {
  installDom();
  Object.assign(globalThis, {
    PLANTUML_STDLIB_LOADER: (name: string, _done: () => void, fail: (message: string) => void) =>
      fail(`${name} is not available`),
  });
  await import('@plantuml/core/viz-global.js');
  await import('@plantuml/core/themes.js');
  return import('@plantuml/core');
};

/** The engine draws what is wrong: a picture that begins with its version, the last text says what, `(line 3)` where. */
const errorIn = (svg: Element, added: number): string | undefined => {
  const texts = [...svg.querySelectorAll('text')].map((text) => text.textContent?.trim() ?? '');
  if (texts.some((text) => text.startsWith('Diagram not supported'))) return 'This is no kind of diagram that can be drawn here.';
  if (!texts[0]?.startsWith('PlantUML version')) return undefined;
  const line = Number(/\(line (\d+)\)/.exec(texts.join(' '))?.[1] ?? 0) - added;
  const reason = texts.findLast((text) => text !== '') ?? 'It cannot be read';
  return line > 0 ? `Line ${line}: ${reason}` : reason;
};

/** What some kinds of diagrams are painted on unless their author chooses something: in the dark it is no page's colour. */
const BACKGROUNDS = ['#FFFFFF', '#1B1B1B'];

/** Takes away what lies under the whole drawing, so that the page shows through as it does elsewhere. */
const removeBackground = (svg: Element): void => {
  const lowest = svg.querySelector(':scope > defs + rect, :scope > rect:first-child');
  if (!lowest || !BACKGROUNDS.includes(lowest.getAttribute('fill') ?? '')) return;
  const isWhole = ['width', 'height'].every(
    (side, index) => (svg.getAttribute('viewBox') ?? '').split(' ')[2 + index] === lowest.getAttribute(side),
  );
  if (isWhole) lowest.remove();
};

/**
 * Draws a PlantUML diagram, one at a time.
 * @throws DiagramError
 */
export const drawPlantUml = async (source: string, dark: boolean): Promise<Element> => {
  loading ??= load();
  const { render } = await loading;
  const isFramed = /^[ \t]*@start/m.test(source);
  const lines = (isFramed ? source : `@startuml\n${source}\n@enduml`).split(/\r\n|\r|\n/);
  const svg = await new Promise<Element>((resolve) => {
    const target = document.createElement('div');
    target.id = 'drawing';
    document.body.replaceChildren(target);
    const observer = new MutationObserver(() => {
      const found = target.querySelector('svg');
      if (!found) return;
      observer.disconnect();
      resolve(found);
    });
    observer.observe(target, { childList: true, subtree: true });
    render(lines, target.id, { dark });
  });
  const error = errorIn(svg, isFramed ? 0 : 1);
  if (error !== undefined) throw new DiagramError(error);
  removeBackground(svg);
  for (const text of svg.querySelectorAll('[font-family="sans-serif"]')) text.setAttribute('font-family', FONT_FAMILY);
  return svg;
};
