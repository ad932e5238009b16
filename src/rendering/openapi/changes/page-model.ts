import { capital } from './tell.ts';
import type {
  ComparedOperation,
  Comparison,
  Difference,
  Effect,
  OperationChange,
  SchemaChange,
  SchemaDifference,
  Words,
} from './types.ts';

/** What is shown: all but texts, or what has one effect. */
export type ShownEffect = 'all' | Effect;
export const SHOWN_EFFECTS = ['all', 'breaking', 'risky', 'safe', 'wording'] as const satisfies readonly ShownEffect[];

/** How effects are called. */
export const EFFECT_LABELS: Readonly<Record<Effect, string>> = {
  breaking: 'Breaking',
  risky: 'May break',
  safe: 'Compatible',
  wording: 'Wording',
};

const BADGES = { breaking: 'danger', risky: 'warning', safe: 'success', wording: 'neutral' } as const;

export const badgeOf = (effect: Effect) => ({ text: EFFECT_LABELS[effect], kind: BADGES[effect] });

/** How many differences are shown of a comparison. */
const shownCount = ({ counts }: Comparison, shown: ShownEffect): number =>
  shown === 'all' ? counts.breaking + counts.risky + counts.safe : counts[shown];

/** What may be shown of a comparison, as tabs. */
export const effectTabs = (comparison: Comparison, shown: ShownEffect, hrefOf: (shown: ShownEffect) => string) => ({
  label: 'What is shown',
  items: SHOWN_EFFECTS.map((effect) => ({
    label: effect === 'all' ? 'Changes' : EFFECT_LABELS[effect],
    count: shownCount(comparison, effect),
    href: hrefOf(effect),
    current: effect === shown,
  })),
});

/** Where what is compared has pages; false where it has none. */
export interface ChangeLinks {
  readonly operation: (address: string) => string | false;
  readonly schema: (name: string) => string | false;
}

const partsOf = (words: Words) =>
  words.map((part) => (typeof part === 'string' ? { text: part, isCode: false } : { text: part.code, isCode: true }));

const SIDES = { sent: 'in requests', read: 'in responses' } as const;

const differenceModel = ({ effect, place, text, ...rest }: Difference | SchemaDifference) => {
  const [side, other] = 'sides' in rest ? rest.sides : [];
  return {
    badge: badgeOf(effect),
    place: partsOf(capital(place)),
    text: partsOf(place.length === 0 ? capital(text) : text),
    side: side !== undefined && other === undefined ? SIDES[side] : '',
  };
};

const linkModel = ({ method, path, address }: ComparedOperation, links: ChangeLinks) => ({
  ...{ method, name: path, href: links.operation(address) },
});

const MAX_USERS = 5;

const usersModel = ({ operations, operationCount }: SchemaChange, links: ChangeLinks) => {
  const shown = operations.slice(0, MAX_USERS).map((operation) => linkModel(operation, links));
  return { shown, more: operationCount - shown.length };
};

const operationModel = (change: OperationChange, links: ChangeLinks) => ({
  ...linkModel(change, change.change === 'removed' ? { ...links, operation: () => false } : links),
  title: change.summary ?? '',
  inPlaceOf: '',
  users: { shown: [] as ReturnType<typeof linkModel>[], more: 0 },
  differences: change.differences.map(differenceModel),
});

const schemaModel = (change: SchemaChange, links: ChangeLinks) => ({
  ...{ method: '', name: change.name, href: links.schema(change.name), title: '' },
  inPlaceOf: change.inPlaceOf ?? '',
  users: usersModel(change, links),
  differences: change.differences.map(differenceModel),
});

const documentModel = (differences: readonly Difference[]) => ({
  ...{ method: '', name: '', href: false as const, title: '', inPlaceOf: '' },
  users: { shown: [], more: 0 },
  differences: differences.map(differenceModel),
});

export type ChangeEntry = ReturnType<typeof operationModel> | ReturnType<typeof schemaModel> | ReturnType<typeof documentModel>;

const isShown =
  (shown: ShownEffect) =>
  ({ effect }: Difference): boolean =>
    shown === 'all' ? effect !== 'wording' : effect === shown;

/** The differences of some effect alone, with what they are in. */
export const onlyShown = <T extends { readonly differences: readonly Difference[] }>(
  changes: readonly T[],
  shown: ShownEffect,
): T[] =>
  changes
    .map((change) => ({ ...change, differences: change.differences.filter(isShown(shown)) }))
    .filter(({ differences }) => differences.length > 0);

/** Parts of a comparison, each under its heading, in the order in which they are told. */
export const sectionsOf = ({ document, operations, schemas }: Comparison, shown: ShownEffect) => {
  const ofKind = (kind: Difference['kind']): OperationChange[] =>
    onlyShown(
      operations.filter(({ change }) => change === kind),
      shown,
    );
  const own = onlyShown([{ differences: document }], shown);
  return [
    { id: 'api', title: 'The API as a whole', kind: 'document', changes: own },
    { id: 'removed', title: 'Removed operations', kind: 'operations', changes: ofKind('removed') },
    { id: 'changed', title: 'Changed operations', kind: 'operations', changes: ofKind('changed') },
    { id: 'schemas', title: 'Changed schemas', kind: 'schemas', changes: onlyShown(schemas, shown) },
    { id: 'added', title: 'New operations', kind: 'operations', changes: ofKind('added') },
  ] as const;
};

/** As many operations and schemas as are shown on a page. */
export const CHANGES_PER_PAGE = 50;

/** One page of what differs, for the component `changes`. */
export const changesModel = (
  comparison: Comparison,
  { shown, page, links }: { readonly shown: ShownEffect; readonly page: number; readonly links: ChangeLinks },
) => {
  const sections = sectionsOf(comparison, shown);
  let skip = (page - 1) * CHANGES_PER_PAGE;
  let room = CHANGES_PER_PAGE;
  const take = <T>(changes: readonly T[]): readonly T[] => {
    const taken = changes.slice(skip, skip + room);
    skip = Math.max(0, skip - changes.length);
    room -= taken.length;
    return taken;
  };
  const entriesOf = (section: (typeof sections)[number]): ChangeEntry[] => {
    if (section.kind === 'schemas') return take(section.changes).map((change) => schemaModel(change, links));
    if (section.kind === 'operations') return take(section.changes).map((change) => operationModel(change, links));
    return take(section.changes).map(({ differences }) => documentModel(differences));
  };
  return {
    total: sections.reduce((sum, { changes }) => sum + changes.length, 0),
    sections: sections
      .map((section) => {
        const { id, title, kind, changes } = section;
        return { id, title, count: kind === 'document' ? 0 : changes.length, entries: entriesOf(section) };
      })
      .filter(({ entries }) => entries.length > 0),
  };
};
