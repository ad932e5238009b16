/** What text in a diagram is set in where its author chose nothing: fonts whose letters are about as wide as the table below says. */
export const FONT_FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif";

/** Widths of the printable characters of ASCII in thousandths of the font's size, from the space on: those of Helvetica. */
const WIDTHS: readonly number[] = [
  [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278],
  [556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556],
  [1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778],
  [667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556],
  [333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556],
  [556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584],
].flat();

const FIRST = 0x20;
const OTHER = 620;
const WIDE = 1000;
const MONOSPACED = 602;
const BOLD = 1.08;
/** Readers may have another font: a little more room than the table says. */
const ALLOWANCE = 1.04;

const NO_WIDTH = /\p{M}|\p{Cf}/u;
const IS_WIDE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u;

/** How text is set. */
export interface TextStyle {
  /** in pixels */
  readonly size: number;
  readonly bold?: boolean;
  readonly monospaced?: boolean;
}

const widthOf = (character: string, monospaced: boolean): number => {
  const known = WIDTHS[(character.codePointAt(0) ?? 0) - FIRST];
  if (known !== undefined) return monospaced ? MONOSPACED : known;
  if (NO_WIDTH.test(character)) return 0;
  if (IS_WIDE.test(character)) return WIDE;
  return monospaced ? MONOSPACED : OTHER;
};

/** How wide a line of text is about, in pixels. */
export const textWidth = (text: string, { size, bold = false, monospaced = false }: TextStyle): number => {
  let sum = 0;
  for (const character of text) sum += widthOf(character, monospaced);
  return (sum / 1000) * size * (bold ? BOLD : 1) * ALLOWANCE;
};
