import { z } from 'zod';

interface Lines {
  /** of one line */
  readonly maxLength: number;
  readonly maxLines?: number;
  /** what every line has to look like, and how that is said */
  readonly each?: { readonly pattern: RegExp; readonly message: string };
}

/** Reads a list from a text, an item a line; space around items and empty lines say nothing. */
export const linesField = ({ maxLength, maxLines = 100, each }: Lines) =>
  z
    .string()
    .default('')
    .transform((text, context): string[] => {
      const items = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
      const refuse = (message: string): never => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (items.length > maxLines) return refuse(`Enter at most ${maxLines} lines`);
      const long = items.find((item) => [...item].length > maxLength);
      if (long !== undefined) return refuse(`“${long.slice(0, 40)}…” is longer than ${maxLength} characters`);
      const odd = each && items.find((item) => !each.pattern.test(item));
      return odd === undefined ? items : refuse(`“${odd.slice(0, 80)}”: ${each?.message ?? ''}`);
    });

/** A list as such a text. */
export const linesOf = (items: readonly string[] | null): string => (items ?? []).join('\n');
