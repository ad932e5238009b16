/** Bounds of an example that is shown. */
export interface PruneLimits {
  maxNodes: number;
  maxDepth: number;
  /** Of a list; three times as many where all are scalars, such as the four numbers of a bounding box. */
  maxItems: number;
  maxText: number;
}

/** A value within bounds, and whether something had to be left out. */
export interface Pruned {
  value: unknown;
  shortened: boolean;
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * Shortens a value to what can be shown: fewer items, fewer levels, shorter texts. The result is a plain tree without cycles that
 * `JSON.stringify` prints.
 */
export const prune = (value: unknown, limits: PruneLimits): Pruned => {
  let left = limits.maxNodes;
  let shortened = false;

  const pruneItems = <Item>(items: readonly Item[], max: number): readonly Item[] => {
    if (items.length > max) shortened = true;
    return items.slice(0, max);
  };

  const visit = (current: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof current === 'string') {
      if (current.length <= limits.maxText) return current;
      shortened = true;
      return `${current.slice(0, limits.maxText)}…`;
    }
    if (typeof current === 'bigint') return String(current);
    if (typeof current !== 'object' || current === null) return current;
    if (current instanceof Date) return Number.isNaN(current.getTime()) ? null : current.toISOString();
    if (depth >= limits.maxDepth || left <= 0) {
      shortened = true;
      return Array.isArray(current) ? [] : {};
    }
    if (Array.isArray(current)) {
      const max = current.every(isScalar) ? 3 * limits.maxItems : limits.maxItems;
      return pruneItems(current, max).flatMap((item) => keep(item, depth));
    }
    return Object.fromEntries(
      pruneItems(Object.entries(current), limits.maxNodes).flatMap(([key, item]) => keep(item, depth).map((kept) => [key, kept])),
    );
  };

  const keep = (item: unknown, depth: number): unknown[] => {
    if (left > 0) {
      const kept = visit(item, depth + 1);
      // An object or a list without what it holds would say what is not so.
      if (!isEmpty(kept) || isEmpty(item)) return [kept];
    }
    shortened = true;
    return [];
  };

  return { value: visit(value, 0), shortened };
};
