import { readLines } from '../../../lib/lines.ts';
import type { Finding } from '../../../rendering/openapi/types.ts';

/** How much of a line shows; the rest of a longer one is cut off around the place. */
const MAX_LINE = 160;
/** How many findings show. */
const MAX_SHOWN = 100;

/** Lines before and after the one that a finding is about. */
const AROUND = 1;

const windowOf = (line: string, column: number | undefined): string => {
  if (line.length <= MAX_LINE) return line;
  const start = Math.max(0, Math.min((column ?? 1) - MAX_LINE / 2, line.length - MAX_LINE));
  const end = start + MAX_LINE;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
};

const placeOf = ({ line, column, path }: Finding): string =>
  [
    ...(line === undefined ? [] : [`Line ${line}${column === undefined ? '' : `, column ${column}`}`]),
    ...(path === undefined || path === '' ? [] : [path]),
  ].join(' · ');

/** The numbers of the lines that are shown with a finding. */
const numbersOf = ({ line }: Finding): number[] =>
  line === undefined ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, index) => line - AROUND + index);

const sourceOf = (finding: Finding, lines: ReadonlyMap<number, string>) => {
  const { line, column } = finding;
  if (line === undefined || !lines.has(line)) return [];
  return numbersOf(finding).flatMap((number) => {
    const text = lines.get(number);
    const current = number === line;
    return text === undefined ? [] : [{ number, text: windowOf(text, current ? column : undefined), current }];
  });
};

/** Findings for the component `findings`: what, where, and the lines around it. */
export const findingsModel = async (findings: readonly Finding[], bytes: Buffer) => {
  const shown = findings.slice(0, MAX_SHOWN);
  const lines = await readLines(bytes, shown.flatMap(numbersOf));
  return {
    items: shown.map((finding) => ({
      severity: finding.severity,
      message: finding.message,
      rule: finding.rule,
      place: placeOf(finding),
      source: sourceOf(finding, lines),
    })),
    more: Math.max(0, findings.length - MAX_SHOWN),
  };
};
