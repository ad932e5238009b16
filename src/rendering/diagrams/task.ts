import type { Task } from '../task-types.ts';
import type { DiagramKind, DrawnDiagram } from './diagram.ts';
import { DiagramError } from './diagram-error.ts';
import { drawMermaid } from './mermaid.ts';
import { drawPlantUml } from './plantuml.ts';
import { sanitiseSvg } from './sanitise-svg.ts';

const DRAW: Readonly<Record<DiagramKind, (source: string, dark: boolean) => Promise<Element>>> = {
  mermaid: drawMermaid,
  plantuml: drawPlantUml,
};

/** Larger drawings are refused, in characters of SVG and in pixels. */
const MAX_SVG = 2_000_000;
const MAX_SIDE = 20_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large a drawing wants to be: what it shows of its plane. */
const sizeOf = (svg: Element): Size => {
  const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  if (!(width > 0 && height > 0)) throw new DiagramError('Nothing was drawn');
  if (width > MAX_SIDE || height > MAX_SIDE) throw new DiagramError('The drawing is too large');
  return { width: Math.ceil(width), height: Math.ceil(height) };
};

const print = (svg: Element): string => {
  const { width, height } = sizeOf(svg);
  sanitiseSvg(svg);
  svg.removeAttribute('style');
  svg.removeAttribute('xmlns'); // written for the element's namespace anyway, and twice it is no XML
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  const text = new XMLSerializer().serializeToString(svg);
  if (text.length > MAX_SVG) throw new DiagramError('The drawing is too large');
  return text;
};

/** Draws the diagram in the body: UTF-8. */
export const drawDiagramTask: Task<'drawDiagram'> = async ({ kind }, body): Promise<DrawnDiagram> => {
  const source = Buffer.from(body).toString('utf8');
  try {
    const light = await DRAW[kind](source, false);
    const size = sizeOf(light);
    return { drawn: true, light: print(light), dark: print(await DRAW[kind](source, true)), ...size };
  } catch (error) {
    if (error instanceof DiagramError) return { drawn: false, message: error.message };
    throw error;
  }
};
