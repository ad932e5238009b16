/** A colour of the sRGB space: channels 0 to 255 (not rounded), alpha 0 to 1. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** The contrast that WCAG 2.2 AA asks of text (1.4.3). */
export const AA_TEXT = 4.5;

/** The contrast that WCAG 2.2 AA asks of controls, their states and focus marks (1.4.11, 2.4.13). */
export const AA_CONTROL = 3;

export const BLACK: Color = { red: 0, green: 0, blue: 0, alpha: 1 };
export const WHITE: Color = { red: 255, green: 255, blue: 255, alpha: 1 };

const KEYWORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aqua: '#00ffff',
    black: '#000000',
    blue: '#0000ff',
    fuchsia: '#ff00ff',
    gray: '#808080',
    green: '#008000',
    grey: '#808080',
    lime: '#00ff00',
    maroon: '#800000',
    navy: '#000080',
    olive: '#808000',
    orange: '#ffa500',
    purple: '#800080',
    rebeccapurple: '#663399',
    red: '#ff0000',
    silver: '#c0c0c0',
    teal: '#008080',
    transparent: '#00000000',
    white: '#ffffff',
    yellow: '#ffff00',
  }),
);

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const parseHex = (text: string): Color | undefined => {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const width = digits.length < 6 ? 1 : 2;
  const channel = (index: number): number => {
    const part = digits.slice(index * width, (index + 1) * width);
    return part === '' ? 255 : Number.parseInt(width === 1 ? part + part : part, 16);
  };
  return { red: channel(0), green: channel(1), blue: channel(2), alpha: channel(3) / 255 };
};

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg)?$/i;

const parseNumber = (text: string, percentOf: number): number | undefined => {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]);
  return match[2] === '%' ? (value / 100) * percentOf : value;
};

/** One channel of a colour given as hue, saturation and lightness (CSS Color 4, 7.1). */
const hslChannel = (hue: number, saturation: number, lightness: number, offset: number): number => {
  const k = (offset + hue / 30) % 12;
  return 255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
};

const parseFunction = (text: string): Color | undefined => {
  const match = /^(rgb|hsl)a?\(([^()]*)\)$/i.exec(text);
  if (match === null) return undefined;
  const parts = (match[2] ?? '').trim().split(/\s*[,/]\s*|\s+/);
  if (parts.length !== 3 && parts.length !== 4) return undefined;
  const isRgb = match[1]?.toLowerCase() === 'rgb';
  const [first, second, third, alpha] = [
    parseNumber(parts[0] ?? '', isRgb ? 255 : 360),
    parseNumber(parts[1] ?? '', isRgb ? 255 : 100),
    parseNumber(parts[2] ?? '', isRgb ? 255 : 100),
    parts[3] === undefined ? 1 : parseNumber(parts[3], 1),
  ];
  if (first === undefined || second === undefined || third === undefined || alpha === undefined) return undefined;
  if (isRgb) {
    const [red, green, blue] = [clamp(first, 0, 255), clamp(second, 0, 255), clamp(third, 0, 255)];
    return { red, green, blue, alpha: clamp(alpha, 0, 1) };
  }
  const hue = ((first % 360) + 360) % 360;
  const [saturation, lightness] = [clamp(second, 0, 100) / 100, clamp(third, 0, 100) / 100];
  return {
    red: hslChannel(hue, saturation, lightness, 0),
    green: hslChannel(hue, saturation, lightness, 8),
    blue: hslChannel(hue, saturation, lightness, 4),
    alpha: clamp(alpha, 0, 1),
  };
};

/**
 * Reads a colour as CSS writes it: hexadecimal with 3, 4, 6 or 8 digits, `rgb()`, `rgba()`, `hsl()`, `hsla()` in either syntax, and the
 * basic keywords. Anything else is `undefined`, so that text of an operator never reaches a stylesheet as it is.
 */
export const parseColor = (text: string): Color | undefined => {
  const trimmed = text.trim();
  return parseHex(KEYWORDS.get(trimmed.toLowerCase()) ?? trimmed) ?? parseFunction(trimmed);
};

/** `#rrggbb`; the alpha is dropped, see {@link over}. */
export const toHex = ({ red, green, blue }: Color): string =>
  `#${[red, green, blue]
    .map((channel) =>
      Math.round(clamp(channel, 0, 255))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** What one sees of a translucent colour on an opaque background. */
export const over = (color: Color, background: Color): Color => {
  const blend = (front: number, back: number): number => front * color.alpha + back * (1 - color.alpha);
  return {
    red: blend(color.red, background.red),
    green: blend(color.green, background.green),
    blue: blend(color.blue, background.blue),
    alpha: 1,
  };
};

const linear = (channel: number): number => {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

const encoded = (value: number): number => {
  const bounded = clamp(value, 0, 1);
  return 255 * (bounded <= 0.0031308 ? bounded * 12.92 : 1.055 * bounded ** (1 / 2.4) - 0.055);
};

/** Relative luminance, 0 (black) to 1 (white), of an opaque colour (WCAG 2.2). */
export const luminance = ({ red, green, blue }: Color): number =>
  0.2126 * linear(Math.round(red)) + 0.7152 * linear(Math.round(green)) + 0.0722 * linear(Math.round(blue));

/** Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2), of the channels as they will be printed: rounded. */
export const contrast = (a: Color, b: Color): number => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};

/** The smallest contrast of a colour with any of the backgrounds. */
export const worstContrast = (color: Color, backgrounds: readonly Color[]): number =>
  Math.min(...backgrounds.map((background) => contrast(color, background)));

type Lab = readonly [lightness: number, a: number, b: number];

/** Björn Ottosson's OKLab: equal distances look equal, so mixtures keep their hue. */
const toLab = (color: Color): Lab => {
  const [r, g, b] = [linear(color.red), linear(color.green), linear(color.blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};

const fromLab = ([lightness, a, b]: Lab): Color => {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    red: encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    green: encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    blue: encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
    alpha: 1,
  };
};

/** Goes from one opaque colour towards another: 0 is `from`, 1 is `to`. */
export const mix = (from: Color, to: Color, share: number): Color => {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const [start, end] = [toLab(from), toLab(to)];
  const at = (index: 0 | 1 | 2): number => start[index] + (end[index] - start[index]) * share;
  return fromLab([at(0), at(1), at(2)]);
};

/** Black or white, whichever stands out more from all the backgrounds. */
export const ink = (backgrounds: readonly Color[]): Color =>
  worstContrast(BLACK, backgrounds) >= worstContrast(WHITE, backgrounds) ? BLACK : WHITE;

/** Steps of the search in {@link readable}: finer than the eye. */
const SEARCH_STEPS = 12;

/**
 * The colour itself when it has the wanted contrast with every background, else the nearest of the same hue, darker or lighter, that has it.
 * Where not even black or white reaches the ratio, the better of the two.
 */
export const readable = (color: Color, backgrounds: readonly Color[], ratio: number = AA_TEXT): Color => {
  const opaque = backgrounds[0] === undefined ? color : over(color, backgrounds[0]);
  if (worstContrast(opaque, backgrounds) >= ratio) return opaque;
  const goal = ink(backgrounds);
  let [missing, enough] = [0, 1];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const middle = (missing + enough) / 2;
    if (worstContrast(mix(opaque, goal, middle), backgrounds) >= ratio) enough = middle;
    else missing = middle;
  }
  return mix(opaque, goal, enough);
};

/** Moves a background towards another one until the text can be read on it; the target when nothing in between will do. */
export const backgroundFor = (text: Color, background: Color, target: Color, ratio: number): Color => {
  const opaque = over(background, target);
  if (contrast(text, opaque) >= ratio) return opaque;
  let [missing, enough] = [0, 1];
  for (let step = 0; step < SEARCH_STEPS; step++) {
    const middle = (missing + enough) / 2;
    if (contrast(text, mix(opaque, target, middle)) >= ratio) enough = middle;
    else missing = middle;
  }
  return mix(opaque, target, enough);
};
