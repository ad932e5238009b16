import { AA_TEXT, BLACK, contrast, over, parseColor, WHITE } from './color.ts';
import type { ThemeColors } from './defaults.ts';

/** Texts, each on the background that it stands on. */
const STANDING = [
  { text: ['text', 'header'], background: ['section', 'header'] },
  { text: ['text', 'hero'], background: ['section', 'hero'] },
  { text: ['text', 'headings'], background: ['section', 'body'] },
  { text: ['text', 'primary'], background: ['section', 'body'] },
  { text: ['text', 'secondary'], background: ['section', 'body'] },
  { text: ['text', 'link'], background: ['section', 'body'] },
  { text: ['text', 'footer'], background: ['section', 'footer'] },
  { text: ['button', 'primary_text'], background: ['button', 'primary_fill'] },
] as const;

type Path = readonly ['section' | 'text' | 'button', string];

/** A text that cannot be read well on its background; pages show it in another colour, which can. */
export interface ContrastWarning {
  /** `text.header` */
  readonly text: string;
  readonly background: string;
  /** 1 to 21 (WCAG 2.2, 1.4.3 asks for 4.5) */
  readonly ratio: number;
}

/** The pairs of colours of a theme that are too close to each other. Colours that cannot be read are left out. */
export const contrastWarnings = (colors: ThemeColors): ContrastWarning[] => {
  const colorAt = ([group, name]: Path) => parseColor((colors[group] as Record<string, { value: string }>)[name]?.value ?? '');
  return STANDING.flatMap(({ text, background }) => {
    const [front, back] = [colorAt(text), colorAt(background)];
    if (!front || !back) return [];
    const behind = over(back, back.alpha < 1 ? WHITE : BLACK);
    const ratio = contrast(over(front, behind), behind);
    return ratio >= AA_TEXT ? [] : [{ text: text.join('.'), background: background.join('.'), ratio }];
  });
};
