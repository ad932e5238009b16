import { JSDOM } from 'jsdom';
import { boxOf, textLengthOf } from './boxes.ts';
import { lengthOf, pointAt, pointsOfPath } from './path.ts';
import { textWidth } from './text-width.ts';

/** What the makers of diagrams use of a browser. Nothing among it reaches a network. */
const GLOBALS = [
  ...['document', 'navigator', 'location', 'getComputedStyle', 'requestAnimationFrame', 'cancelAnimationFrame'],
  ...[
    'Node',
    'Element',
    'HTMLElement',
    'SVGElement',
    'Text',
    'Comment',
    'Document',
    'DocumentFragment',
    'NodeList',
    'NodeFilter',
  ],
  ...['NamedNodeMap', 'HTMLTemplateElement', 'HTMLFormElement', 'HTMLCanvasElement', 'MutationObserver', 'DOMParser'],
  ...['XMLSerializer', 'CSSStyleSheet'],
] as const;

/** What Node has for reaching others: whoever draws a stranger's diagram has no need of it. */
const FORBIDDEN = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'Request'];

const canvasContext = () => ({
  font: '14px sans-serif',
  measureText(text: string) {
    const size = Number.parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '14');
    const width = textWidth(text, { size, bold: /bold/.test(this.font), monospaced: /mono|courier/i.test(this.font) });
    return { width, actualBoundingBoxAscent: size * 0.92, actualBoundingBoxDescent: size * 0.28 };
  },
});

/** Measures, which need a layout that nobody makes here. */
const measures = {
  getBBox(this: Element) {
    return boxOf(this);
  },
  getBoundingClientRect(this: Element) {
    const { x, y, width, height } = boxOf(this);
    return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
  },
  getComputedTextLength(this: Element) {
    return textLengthOf(this);
  },
  getTotalLength(this: Element) {
    return lengthOf(pointsOfPath(this.getAttribute('d') ?? ''));
  },
  getPointAtLength(this: Element, length: number) {
    return pointAt(pointsOfPath(this.getAttribute('d') ?? ''), length);
  },
};

/** The size of whatever is asked how large it is on the screen, and of the screen. */
const SCREEN = { width: 1200, height: 900 };
const constant = (value: number): PropertyDescriptor => ({ get: () => value, configurable: true });

/** Computed styles name no padding unless somebody sets it, and what is not named is no number. */
const PAGE = '<!doctype html><html><head><style>* { padding: 0px }</style></head><body></body></html>';

let installed: JSDOM['window'] | undefined;

/**
 * Makes of this process something like a browser, for good: a document that runs no scripts and loads nothing, in which text can be
 * measured. Only for the child processes that draw diagrams.
 */
export const installDom = (): JSDOM['window'] => {
  if (installed) return installed;
  const { window } = new JSDOM(PAGE, { url: 'http://diagrams.invalid/', pretendToBeVisual: true });
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  };
  for (const name of GLOBALS) {
    const value: unknown = window[name as keyof typeof window];
    define(name, typeof value === 'function' && /^[a-z]/.test(name) ? value.bind(window) : value);
  }
  for (const name of FORBIDDEN) define(name, undefined);
  define('window', globalThis);
  define('addEventListener', () => undefined);
  Object.assign(window.Element.prototype, measures);
  define('screen', { ...SCREEN, availWidth: SCREEN.width, availHeight: SCREEN.height });
  for (const [name, value] of [
    ['Width', SCREEN.width],
    ['Height', SCREEN.height],
  ] as const)
    for (const kind of ['client', 'offset'])
      Object.defineProperty(window.HTMLElement.prototype, `${kind}${name}`, constant(value));
  Object.assign(window.HTMLCanvasElement.prototype, { getContext: canvasContext });
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = () => undefined;
  installed = window;
  return window;
};
