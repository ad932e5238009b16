/** Operations without tags that share the first path segment that tells operations apart. */
export interface PathGroup {
  /** The segment, such as `customers`. */
  segment: string;
  /** The path up to and with the segment, such as `/v1/customers`. */
  prefix: string;
  title: string;
  /** Indexes into the list of paths. */
  members: number[];
}

interface Item {
  index: number;
  segments: string[];
}

/** A group with more than this many operations, holding most of all, is divided by its next segment. */
const LARGE_GROUP = 25;
const MAX_SEGMENTS = 12;

const isTemplate = (segment: string): boolean => segment.includes('{') || segment.startsWith(':');

/** `chat.postMessage` and `users:batchGet` belong to `chat` and `users`; `Calls.json` to `Calls`. */
const stem = (segment: string): string => segment.split(/[.:]/)[0] || segment;

const titleOf = (segment: string): string => {
  const words = segment.replace(/[_-]+/g, ' ').trim();
  return words === '' ? segment : words.charAt(0).toUpperCase() + words.slice(1);
};

const divide = (items: Item[], depth: number): Map<string, Item[]> => {
  const parts = new Map<string, Item[]>();
  for (const item of items) {
    const segment = item.segments[depth] ?? '';
    const part = parts.get(segment);
    if (part === undefined) parts.set(segment, [item]);
    else part.push(item);
  }
  return parts;
};

const groupFrom = (items: Item[], depth: number, prefix: string): PathGroup[] => {
  const parts = divide(items, depth);
  return [...parts].flatMap(([segment, members]): PathGroup[] => {
    const path = segment === '' ? prefix : `${prefix}/${segment}`;
    const tellsNothing = parts.size === 1 && members.length > 1 && members.every(({ segments }) => segments.length > depth + 1);
    const tooLarge = members.length > LARGE_GROUP && members.length * 2 > items.length;
    const divisible = members.some((member) => member.segments.length > depth + 1);
    if (segment !== '' && divisible && (tellsNothing || tooLarge)) return groupFrom(members, depth + 1, path);
    const name = segment || prefix.split('/').at(-1) || '/';
    return [{ segment: name, prefix: path || '/', title: titleOf(name), members: members.map(({ index }) => index) }];
  });
};

/**
 * Groups paths by the first segment that tells them apart; parameters in a path do not count. Entries that are undefined take no part.
 * Groups are in the order of their first path.
 */
export const groupByPath = (paths: readonly (string | undefined)[]): PathGroup[] => {
  const items = paths.flatMap((path, index): Item[] => {
    if (path === undefined) return [];
    const segments = path.split('/', MAX_SEGMENTS).filter((segment) => segment !== '' && !isTemplate(segment));
    return [{ index, segments: segments.map(stem) }];
  });
  return items.length === 0 ? [] : groupFrom(items, 0, '');
};
