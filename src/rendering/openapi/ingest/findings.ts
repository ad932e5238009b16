import type { Finding } from '../types.ts';
import { pointerTo } from './locate.ts';
import { excerpt, formatCount } from './refusal.ts';

/** How many findings of a document are kept. */
export const MAX_FINDINGS = 200;

/** Gathers findings within bounds; what does not fit is counted. */
export interface FindingCollector {
  /** @param path segments that lead to what is remarked upon */
  add(finding: Omit<Finding, 'path'>, path?: readonly (string | number)[]): void;
  /** Errors first, else in the order of adding; a last entry says how many were left out. */
  list(): Finding[];
}

export const createFindingCollector = (): FindingCollector => {
  const kept: Record<Finding['severity'], Finding[]> = { error: [], warning: [] };
  let total = 0;
  return {
    add: (finding, path) => {
      total++;
      const list = kept[finding.severity];
      if (list.length < MAX_FINDINGS)
        list.push({ ...finding, message: excerpt(finding.message, 500), ...(path && { path: pointerTo(path) }) });
    },
    list: () => {
      const list = [...kept.error, ...kept.warning].slice(0, MAX_FINDINGS);
      if (total > list.length)
        list.push({
          severity: 'warning',
          rule: 'more-findings',
          message: `${formatCount(total - list.length)} more findings are not listed.`,
        });
      return list;
    },
  };
};
