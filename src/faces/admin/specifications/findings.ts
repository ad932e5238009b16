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

const sourceOf = ({ line, column }: Finding, lines: readonly string[]) => {
  if (line === undefined || lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - AROUND);
  return lines.slice(first - 1, line + AROUND).map((text, index) => ({
    number: first + index,
    text: windowOf(text, first + index === line ? column : undefined),
    current: first + index === line,
  }));
};

/** Findings for the component `findings`: what, where, and the lines around it. */
export const findingsModel = (findings: readonly Finding[], bytes: Buffer) => {
  const lines = findings.some(({ line }) => line !== undefined) ? bytes.toString('utf8').split(/\r\n|\r|\n/) : [];
  return {
    items: findings.slice(0, MAX_SHOWN).map((finding) => ({
      severity: finding.severity,
      message: finding.message,
      rule: finding.rule,
      place: placeOf(finding),
      source: sourceOf(finding, lines),
    })),
    more: Math.max(0, findings.length - MAX_SHOWN),
  };
};
