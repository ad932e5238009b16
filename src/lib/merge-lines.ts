/** A change of lines `from` … `to` of a text into others. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** What leads from one text to another: everything from the first line that differs to the last one. */
const changeOf = (before: readonly string[], after: readonly string[]): Change => {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, lines: after.slice(from, after.length - end) };
};

/**
 * Puts two changes of a text together that were made apart, where at least a line that neither has changed lies between them.
 * @returns undefined where they come closer to each other
 */
export const mergeLines = (before: string, one: string, other: string): string | undefined => {
  const lines = before.split('\n');
  const changes = [one, other].map((text) => changeOf(lines, text.split('\n'))).sort((a, b) => a.from - b.from);
  const [first, second] = changes as [Change, Change];
  if (first.to >= second.from) return undefined;
  return [
    ...lines.slice(0, first.from),
    ...first.lines,
    ...lines.slice(first.to, second.from),
    ...second.lines,
    ...lines.slice(second.to),
  ].join('\n');
};
