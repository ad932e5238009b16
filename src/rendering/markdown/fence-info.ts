/** What stands behind the fence of a block of code: ` ```ts title="app.ts" {1,4-6} diff `. */
export interface FenceInfo {
  readonly language: string | undefined;
  readonly title: string | undefined;
  /** Whether lines that begin with `+` and `-` are added and removed ones. */
  readonly isDiff: boolean;
  /** Whether lines are told apart at all. */
  readonly hasLines: boolean;
  readonly isHighlighted: (line: number) => boolean;
}

const LANGUAGE = /^[\w+#.-]+/;
const TITLE = /\b(?:title|file|filename)=(?:"([^"]*)"|'([^']*)'|(\S+))/;
const RANGES = /\{([\d,\s-]+)\}/;
const MAX_TITLE = 200;

/** Reads what stands behind the fence of a block of code. */
export const readFenceInfo = (info: string): FenceInfo => {
  const text = info.trim();
  const language = LANGUAGE.exec(text)?.[0]?.toLowerCase();
  const all = text.slice(language?.length ?? 0);
  const title = TITLE.exec(all);
  const rest = all.replace(TITLE, '');
  const isDiff = /(?:^|\s)diff(?:\s|$)/.test(rest);
  const ranges = (RANGES.exec(rest)?.[1] ?? '').split(',').flatMap((part) => {
    const [from, to = from] = part.trim().split('-').map(Number);
    return from ? [{ from, to: to ?? from }] : [];
  });
  return {
    language,
    title: (title?.[1] ?? title?.[2] ?? title?.[3])?.slice(0, MAX_TITLE) || undefined,
    isDiff,
    hasLines: isDiff || ranges.length > 0,
    isHighlighted: (line) => ranges.some(({ from, to }) => line >= from && line <= to),
  };
};
