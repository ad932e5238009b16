import { isDeepStrictEqual } from 'node:util';
import type { SchemaReader, SchemaView } from '../reference/schema/view.ts';
import { type At, type Comparing, type NamedPair, note, startAt, startFound } from './comparing.ts';
import { compareAlternatives } from './schema-alternatives.ts';
import { compareFurther, compareItems, compareProperties, compareRules } from './schema-members.ts';
import { compareDefault, compareEnum, compareFormat, compareLimits, compareNull, compareTypes } from './schema-values.ts';
import { plain } from './words.ts';

/** How far schemas without names are gone into, one inside another. */
const MAX_DEPTH = 60;

/** Compares the texts of two schemas, and whether they are still to be used. */
const compareRemarks = (at: At, before: SchemaView, after: SchemaView): void => {
  if (!before.deprecated && after.deprecated) note(at, 'changed', 'safe', plain('now deprecated'));
  if (before.deprecated && !after.deprecated) note(at, 'changed', 'safe', plain('no longer deprecated'));
  if (before.title !== after.title) note(at, 'changed', 'wording', plain('another title'));
  if (before.description !== after.description) note(at, 'changed', 'wording', plain('another description'));
  if (!isDeepStrictEqual(before.examples, after.examples)) note(at, 'changed', 'wording', plain('other examples'));
  if (!isDeepStrictEqual(before.enumDescriptions, after.enumDescriptions))
    note(at, 'changed', 'wording', plain('other descriptions of its values'));
};

/** What is said where a named schema is used, beyond what it says of itself. */
const saidBeside = (reader: SchemaReader, name: string, view: SchemaView) => {
  const own = reader.view({ $ref: reader.resolver.schemaPointer(name) });
  return {
    nullable: view.nullable && !own.nullable,
    defaultValue: isDeepStrictEqual(view.defaultValue, own.defaultValue) ? [] : view.defaultValue,
    description: view.description === own.description ? undefined : view.description,
    deprecated: view.deprecated && !own.deprecated,
  };
};

/** What stays to be compared: pairs of named schemas, each once for each side. */
export interface NamedPairs {
  readonly comparing: Comparing;
  /** Every pair that was met, compared. Further ones may be met meanwhile. */
  compared(): readonly NamedPair[];
}

/** Starts to compare the schemas of two documents. */
export const startSchemas = (before: SchemaReader, after: SchemaReader): NamedPairs => {
  const pairs = new Map<string, NamedPair>();
  /** Pairs of views that were gone into, by what for: what goes round in circles ends. */
  const seen = new Map<object, Map<SchemaView, Set<SchemaView>>>();
  let depth = 0;

  const isNew = ({ found }: At, one: SchemaView, other: SchemaView): boolean => {
    const ofPlace = seen.get(found) ?? new Map<SchemaView, Set<SchemaView>>();
    seen.set(found, ofPlace);
    const others = ofPlace.get(one) ?? new Set();
    ofPlace.set(one, others);
    return !others.has(other) && others.add(other) !== undefined;
  };

  const pairOf = (earlier: string, later: string, { side }: At): NamedPair => {
    const key = JSON.stringify([side, earlier, later]);
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = { before: earlier, after: later, side, found: startFound() };
      pairs.set(key, pair);
    }
    return pair;
  };

  const compareNamed = (at: At, one: SchemaView, other: SchemaView, earlier: string, later: string): void => {
    at.found.uses.add(pairOf(earlier, later, at));
    const [was, is] = [saidBeside(before, earlier, one), saidBeside(after, later, other)];
    compareNull(at, was.nullable, is.nullable);
    compareDefault(at, was.defaultValue, is.defaultValue);
    if (!was.deprecated && is.deprecated) note(at, 'changed', 'safe', plain('now deprecated'));
    if (was.deprecated && !is.deprecated) note(at, 'changed', 'safe', plain('no longer deprecated'));
    if (was.description !== is.description) note(at, 'changed', 'wording', plain('another description'));
  };

  const compareViews = (at: At, views: readonly [SchemaView, SchemaView], schemas: readonly [unknown, unknown]): void => {
    const [one, other] = views;
    if (depth >= MAX_DEPTH || !isNew(at, one, other)) return;
    depth++;
    compareRemarks(at, one, other);
    if (one.always === false || other.always === false) {
      if (one.always !== other.always)
        note(at, 'changed', 'breaking', plain(other.always === false ? 'takes no value any more' : 'takes values now'));
    } else if (!compareAlternatives(comparing, at, views, schemas) && compareTypes(at, one, other)) {
      compareNull(at, one.nullable, other.nullable);
      compareFormat(at, one, other);
      compareEnum(at, one, other);
      compareDefault(at, one.defaultValue, other.defaultValue);
      compareLimits(at, one, other);
      compareProperties(comparing, at, one, other);
      compareFurther(comparing, at, one, other);
      compareItems(comparing, at, one, other);
      compareRules(at, one, other);
    }
    depth--;
  };

  const comparing: Comparing = {
    before,
    after,
    schemas: (at, earlier, later) => {
      if (earlier === undefined && later === undefined) return;
      const [one, other] = [before.view(earlier), after.view(later)];
      if (one.name !== undefined && other.name !== undefined) compareNamed(at, one, other, one.name, other.name);
      else compareViews(at, [one, other], [earlier, later]);
    },
  };

  return {
    comparing,
    compared: () => {
      // Whoever is met on the way is added at the end, and so comes to its turn.
      for (const pair of pairs.values()) {
        const [earlier, later] = [
          { $ref: before.resolver.schemaPointer(pair.before) },
          { $ref: after.resolver.schemaPointer(pair.after) },
        ];
        compareViews(startAt(pair.found, pair.side), [before.view(earlier), after.view(later)], [earlier, later]);
      }
      return [...pairs.values()];
    },
  };
};
