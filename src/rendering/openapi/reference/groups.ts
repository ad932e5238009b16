import type { GroupEntry } from '../types.ts';
import type { Api, Operation, Tag } from './model/model.ts';
import { uniqueName } from './model/nodes.ts';
import { groupByPath } from './path-groups.ts';

/** The groups of a document and, for each operation in order, the names of those it shows under. */
export interface Grouping {
  groups: GroupEntry[];
  memberships: string[][];
}

type Describe = (tag: Tag) => string;

const tagEntry = (tag: Tag, describe: Describe): GroupEntry => ({
  name: tag.name,
  title: tag.title,
  kind: 'tag',
  parent: tag.parent,
  tagKind: tag.kind,
  descriptionHtml: describe(tag),
  operationCount: 0,
});

const plainEntry = (name: string, title: string, kind: GroupEntry['kind']): GroupEntry => ({
  name,
  title,
  kind,
  parent: undefined,
  tagKind: undefined,
  descriptionHtml: '',
  operationCount: 0,
});

/** Declared tags in their order, then those that are only used, in the order of use. */
const tagEntries = (api: Api, describe: Describe): Map<string, GroupEntry> => {
  const groups = new Map(api.tags.map((tag) => [tag.name, tagEntry(tag, describe)]));
  for (const name of api.operations.flatMap(({ tags }) => tags))
    if (!groups.has(name)) groups.set(name, plainEntry(name, name, 'tag'));
  return groups;
};

/** `x-tagGroups` become parents, placed before their first tag; a tag's own `parent` takes precedence. */
const withTagGroups = (api: Api, tags: Map<string, GroupEntry>, taken: Set<string>): GroupEntry[] => {
  const placed = new Set<GroupEntry>();
  const grouped = api.tagGroups.flatMap(({ name, tags: names }) => {
    const members = names.flatMap((member) => tags.get(member) ?? []).filter((member) => !placed.has(member));
    if (members.length === 0) return [];
    const heading = plainEntry(uniqueName(name, taken), name, 'tag');
    for (const member of members) {
      member.parent ??= heading.name;
      placed.add(member);
    }
    return [heading, ...members];
  });
  return [...grouped, ...[...tags.values()].filter((tag) => !placed.has(tag))];
};

/** Parents that do not exist, or that would make a circle, are dropped. */
const dropBrokenParents = (groups: GroupEntry[]): void => {
  const byName = new Map(groups.map((group) => [group.name, group]));
  for (const group of groups) {
    const seen = new Set([group.name]);
    for (let parent = group.parent; parent !== undefined; parent = byName.get(parent)?.parent) {
      if (!byName.has(parent) || seen.has(parent)) {
        group.parent = undefined;
        break;
      }
      seen.add(parent);
    }
  }
};

const isUntagged = (operation: Operation, kind: Operation['kind']): boolean =>
  operation.kind === kind && operation.tags.length === 0;

/**
 * Groups the operations of a document: by their tags; without tags by the first path segment that tells them apart; untagged webhooks in a
 * group of their own.
 *
 * @param describe makes HTML of what a tag says about itself.
 */
export const groupOperations = (api: Api, describe: Describe): Grouping => {
  const tags = tagEntries(api, describe);
  const taken = new Set([...tags.keys()].map((name) => name.toLowerCase()));
  const groups = withTagGroups(api, tags, taken);
  const memberships = api.operations.map((operation) => [...operation.tags]);

  const byPath = groupByPath(
    api.operations.map((operation) => (isUntagged(operation, 'operation') ? operation.path : undefined)),
  );
  for (const { segment, prefix, title, members } of byPath) {
    const name = taken.has(segment.toLowerCase()) ? uniqueName(prefix, taken) : uniqueName(segment, taken);
    groups.push(plainEntry(name, title, 'path'));
    for (const index of members) memberships[index] = [name];
  }

  if (api.operations.some((operation) => isUntagged(operation, 'webhook'))) {
    const name = uniqueName('webhooks', taken);
    groups.push(plainEntry(name, 'Webhooks', 'webhooks'));
    api.operations.forEach((operation, index) => {
      if (isUntagged(operation, 'webhook')) memberships[index] = [name];
    });
  }

  const byName = new Map(groups.map((group) => [group.name, group]));
  for (const name of memberships.flat()) {
    const group = byName.get(name);
    if (group !== undefined) group.operationCount += 1;
  }
  dropBrokenParents(groups);
  return { groups, memberships };
};
