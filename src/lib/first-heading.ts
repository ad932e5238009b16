const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^#\s/;

/** Whether a mark ends the block of code that another one began. */
const ends = (mark: string, begun: string): boolean => mark[0] === begun[0] && mark.length >= begun.length;

/** The words of a heading, without the signs around them. */
const wordsOf = (line: string): string => {
  const text = line.slice(1).trim();
  let end = text.length;
  while (text[end - 1] === '#') end--;
  return end === 0 || /\s/.test(text[end - 1] ?? '') ? text.slice(0, end).trimEnd() : text;
};

/**
 * The words of the first heading of the highest level in Markdown; undefined where there is none. What looks like one in a block of code is
 * none.
 */
export const firstHeading = (markdown: string): string | undefined => {
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || ends(mark, fence))) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined && HEADING.test(line)) {
      const words = wordsOf(line);
      if (words !== '') return words;
    }
  }
  return undefined;
};
