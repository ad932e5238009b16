import type { OperationSummary } from '../../../domain/products/index.ts';
import type { GroupEntry } from '../../../rendering/openapi/types.ts';
import { paths } from '../paths.ts';
import type { ReferenceAddress } from './links.ts';

/** An entry of the navigation, as the component `side-nav` takes it. */
export interface NavigationItem {
  readonly label: string;
  readonly href?: string;
  readonly current?: boolean;
  readonly count?: number;
  readonly method?: string;
  readonly deprecated?: boolean;
  readonly items?: readonly NavigationItem[];
}

/** What of a reference is on the page. */
export interface Shown {
  /** Names of the groups whose operations are listed. */
  readonly groups: readonly string[];
  /** Whether these groups are what the page is about, rather than where its operation belongs. */
  readonly areCurrent: boolean;
  /** Address of the operation that the page is about. */
  readonly operation?: string | undefined;
  /** Whether the page is about schemas. */
  readonly areSchemas?: boolean;
  /** Whether the page is about what changed. */
  readonly areChanges?: boolean;
}

/** Operations of one group that are listed where not all of the document are. */
const MAX_NEAR = 60;

/** An operation as an entry. */
export const operationItem = (
  at: ReferenceAddress,
  operation: OperationSummary,
  shown: Pick<Shown, 'operation'>,
): NavigationItem => ({
  label: operation.summary ?? operation.path,
  href: paths.operation(at.product, at.version, operation.address),
  // Nobody calls a webhook by its method.
  method: operation.kind === 'webhook' ? 'hook' : operation.method,
  ...(operation.deprecated ? { deprecated: true } : {}),
  ...(operation.address === shown.operation ? { current: true } : {}),
});

/** Of large groups those operations that are near the one shown. */
export const nearest = (
  groups: ReadonlyMap<string, readonly OperationSummary[]>,
  address: string | undefined,
): ReadonlyMap<string, readonly OperationSummary[]> =>
  new Map(
    [...groups].map(([name, operations]) => {
      const at = operations.findIndex((operation) => operation.address === address);
      const start = Math.max(0, Math.min(at - MAX_NEAR / 2, operations.length - MAX_NEAR));
      return [name, operations.slice(start, start + MAX_NEAR)] as const;
    }),
  );

/** Groups by the one that they are below; undefined for those of the top. */
const childrenOf = (groups: readonly GroupEntry[]): ReadonlyMap<string | undefined, readonly GroupEntry[]> => {
  const below = new Map<string | undefined, GroupEntry[]>();
  for (const group of groups) {
    const siblings = below.get(group.parent);
    if (siblings) siblings.push(group);
    else below.set(group.parent, [group]);
  }
  return below;
};

/**
 * The navigation of a reference: its groups as a tree, with the operations of those on the page. Tags of a kind other than `nav`
 * (OpenAPI 3.2) are listed apart, by kind.
 */
export const navigationOf = (
  at: ReferenceAddress,
  groups: readonly GroupEntry[],
  operations: ReadonlyMap<string, readonly OperationSummary[]>,
  shown: Shown,
): NavigationItem[] => {
  const below = childrenOf(groups);
  const itemOf = (group: GroupEntry): NavigationItem => {
    const listed = operations.get(group.name);
    const items = [
      ...(listed ?? []).map((operation) => operationItem(at, operation, shown)),
      ...(below.get(group.name) ?? []).map(itemOf),
    ];
    return {
      label: group.title,
      href: paths.reference(at.product, at.version, { tag: group.name }),
      ...(shown.areCurrent && shown.groups.includes(group.name) ? { current: true } : {}),
      ...(group.operationCount > 0 ? { count: group.operationCount } : {}),
      ...(items.length > 0 ? { items } : {}),
    };
  };
  const top = below.get(undefined) ?? [];
  const isNavigation = ({ tagKind }: GroupEntry): boolean => tagKind === undefined || tagKind === 'nav';
  const kinds = [...new Set(top.filter((group) => !isNavigation(group)).map(({ tagKind }) => tagKind ?? ''))];
  return [
    ...top.filter(isNavigation).map(itemOf),
    ...kinds.map((kind) => ({
      label: kind.charAt(0).toUpperCase() + kind.slice(1),
      items: top.filter(({ tagKind }) => tagKind === kind).map(itemOf),
    })),
  ];
};

/** A group and all below it that have operations. */
export const withDescendants = (groups: readonly GroupEntry[], name: string): GroupEntry[] =>
  groups
    .filter((group) => group.name === name)
    .flatMap((group) => [
      ...(group.operationCount > 0 ? [group] : []),
      ...groups.filter(({ parent }) => parent === name).flatMap((child) => withDescendants(groups, child.name)),
    ]);
