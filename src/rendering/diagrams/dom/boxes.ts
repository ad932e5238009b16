import { type Point, pointsOfList, pointsOfPath } from './path.ts';
import { styledBy } from './style-rules.ts';
import { type TextStyle, textWidth } from './text-width.ts';

/** The rectangle around something drawn. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const NOTHING: Box = { x: 0, y: 0, width: 0, height: 0 };
const DEFAULT_SIZE = 16;
const LINE_HEIGHT = 1.2;
const ASCENT = 0.92;
const UNDRAWN = new Set(['defs', 'style', 'title', 'desc', 'marker', 'clippath', 'mask', 'filter', 'lineargradient', 'symbol']);

const around = (points: readonly Point[]): Box => {
  if (points.length === 0) return NOTHING;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

const cornersOf = ({ x, y, width, height }: Box): Point[] => [
  { x, y },
  { x: x + width, y },
  { x, y: y + height },
  { x: x + width, y: y + height },
];

const number = (element: Element, name: string): number => Number.parseFloat(element.getAttribute(name) ?? '') || 0;

/** A property of a style as it is said of the element, or the nearest one around it: there, by a stylesheet, by an attribute. */
const property = (element: Element, name: string): string | undefined => {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const own = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`).exec(at.getAttribute('style') ?? '')?.[1];
    const value = own ?? styledBy(at, name) ?? at.getAttribute(name);
    if (value) return value;
  }
  return undefined;
};

const styleOf = (element: Element): TextStyle => {
  const size = property(element, 'font-size') ?? '';
  const pixels = Number.parseFloat(size) || DEFAULT_SIZE;
  return {
    size: /em$/.test(size) ? pixels * DEFAULT_SIZE : pixels,
    bold: /^(bold|[6-9]00)/.test(property(element, 'font-weight') ?? ''),
    monospaced: /mono|courier/i.test(property(element, 'font-family') ?? ''),
  };
};

/** A length that may be in ems. */
const lengthIn = (text: string | null, size: number): number => {
  const value = Number.parseFloat(text ?? '') || 0;
  return text?.trim().endsWith('em') ? value * size : value;
};

/** How long text is that stands in one line. */
export const textLengthOf = (element: Element): number => textWidth(element.textContent ?? '', styleOf(element));

/** Text whose spans with a place of their own are lines. */
const textBox = (element: Element): Box => {
  const style = styleOf(element);
  const lines = [...element.children].filter((child) => child.hasAttribute('dy') || child.hasAttribute('y'));
  const rows = lines.length > 0 ? lines : [element];
  const width = Math.max(...rows.map((row) => textWidth(row.textContent ?? '', style)));
  if (width === 0) return NOTHING;
  const anchor = property(element, 'text-anchor');
  const x = number(rows[0]?.hasAttribute('x') ? (rows[0] as Element) : element, 'x');
  const first = rows[0] ?? element;
  const baseline =
    (lines.length > 0 && first.hasAttribute('y') ? lengthIn(first.getAttribute('y'), style.size) : number(element, 'y')) +
    lengthIn(element.getAttribute('dy'), style.size) +
    (lines.length > 0 ? lengthIn(first.getAttribute('dy'), style.size) : 0);
  return {
    x: anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x,
    y: baseline - style.size * ASCENT,
    width,
    height: rows.length * style.size * LINE_HEIGHT,
  };
};

type Matrix = readonly [number, number, number, number, number, number];

const TRANSFORM = /(translate|scale|rotate|matrix)\s*\(([^)]*)\)/g;

const matrixOf = (name: string, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[], count: number): Matrix => {
  if (name === 'translate') return [1, 0, 0, 1, a, b];
  if (name === 'scale') return [a, 0, 0, count > 1 ? b : a, 0, 0];
  if (name === 'matrix') return [a, b, c, d, e, f];
  const [cos, sin] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)];
  return [cos, sin, -sin, cos, b - b * cos + c * sin, c - b * sin - c * cos];
};

/** A box as it lies after the element's own `transform`. */
const transformed = (element: Element, box: Box): Box => {
  const transform = element.getAttribute('transform');
  if (!transform) return box;
  let points = cornersOf(box);
  for (const [, name = '', list = ''] of [...transform.matchAll(TRANSFORM)].reverse()) {
    const numbers = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number.parseFloat);
    const [a, b, c, d, e, f] = matrixOf(name, numbers, numbers.length);
    points = points.map(({ x, y }) => ({ x: a * x + c * y + e, y: b * x + d * y + f }));
  }
  return around(points);
};

const isEmpty = ({ width, height }: Box): boolean => width === 0 && height === 0;

/** Around all that is drawn in an element. */
const groupBox = (element: Element): Box =>
  around(
    [...element.children]
      .filter(({ localName }) => !UNDRAWN.has(localName.toLowerCase()))
      .map((child) => ({ child, box: boxOf(child) }))
      .filter(({ box }) => !isEmpty(box))
      .flatMap(({ child, box }) => cornersOf(transformed(child, box))),
  );

/** What `getBBox` of a browser would answer, about: there is nobody here who lays things out. */
export const boxOf = (element: Element): Box => {
  const of = (name: string): number => number(element, name);
  switch (element.localName.toLowerCase()) {
    case 'rect':
    case 'image':
    case 'foreignobject':
    case 'use':
      return { x: of('x'), y: of('y'), width: of('width'), height: of('height') };
    case 'circle':
      return { x: of('cx') - of('r'), y: of('cy') - of('r'), width: of('r') * 2, height: of('r') * 2 };
    case 'ellipse':
      return { x: of('cx') - of('rx'), y: of('cy') - of('ry'), width: of('rx') * 2, height: of('ry') * 2 };
    case 'line':
      return around([
        { x: of('x1'), y: of('y1') },
        { x: of('x2'), y: of('y2') },
      ]);
    case 'path':
      return around(pointsOfPath(element.getAttribute('d') ?? ''));
    case 'polygon':
    case 'polyline':
      return around(pointsOfList(element.getAttribute('points') ?? ''));
    case 'text':
    case 'tspan':
      return textBox(element);
    case 'g':
    case 'svg':
    case 'a':
    case 'switch':
      return groupBox(element);
    default: {
      const style = styleOf(element);
      const text = element.textContent ?? '';
      return { x: 0, y: 0, width: textWidth(text, style), height: text === '' ? 0 : style.size * LINE_HEIGHT };
    }
  }
};
