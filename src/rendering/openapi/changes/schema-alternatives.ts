import type { Discriminator, SchemaReader, SchemaView } from '../reference/schema/view.ts';
import { type At, type Comparing, narrower, note, pairUp, wider } from './comparing.ts';
import { typeWords } from './schema-values.ts';
import type { Words } from './types.ts';
import { code, listed, say } from './words.ts';

interface Option {
  readonly schema: unknown;
  readonly view: SchemaView;
}

const labelOf = ({ view: { name, title, ...view } }: Option): Words => {
  const label = name ?? title;
  return label === undefined ? typeWords(view as SchemaView) : code(label);
};

/** What tells alternatives apart: their names; else what they say of themselves at first sight. */
const keyOf = ({ view: { name, title, types, format, properties } }: Option): string =>
  name === undefined ? `is ${title ?? ''} ${types.join()} ${format ?? ''} ${properties[0]?.name ?? ''}` : `named ${name}`;

const optionsOf = (reader: SchemaReader, view: SchemaView, itself: unknown): Option[] => {
  const schemas = view.alternatives.flatMap(({ options }) => options);
  return (schemas.length > 0 ? schemas : [itself]).map((schema) => ({ schema, view: reader.view(schema) }));
};

const compareDiscriminators = (at: At, before: Discriminator | undefined, after: Discriminator | undefined): void => {
  if (before === undefined || after === undefined) return;
  if (before.propertyName !== after.propertyName) {
    note(at, 'changed', 'breaking', say`is told apart by ${after.propertyName} instead of ${before.propertyName}`);
    return;
  }
  const { removed, added, both } = pairUp(before.mapping, after.mapping, ([value]) => value);
  const values = (entries: readonly (readonly [string, string])[]): Words => listed(entries.map(([value]) => value));
  if (removed.length > 0) note(at, 'removed', narrower(at), say`${before.propertyName} can no longer be ${values(removed)}`);
  if (added.length > 0) note(at, 'added', wider(at), say`${after.propertyName} may now be ${values(added)} too`);
  for (const [[value, was], [, is]] of both)
    if (was !== is) note(at, 'changed', 'risky', say`${value} selects ${is} instead of ${was}`);
};

/**
 * Compares the alternatives of two schemas; one without any is its own only one. Answers whether that says everything: not where a schema
 * has properties of its own besides.
 */
export const compareAlternatives = (
  comparing: Comparing,
  at: At,
  [before, after]: readonly [SchemaView, SchemaView],
  [earlier, later]: readonly [unknown, unknown],
): boolean => {
  compareDiscriminators(at, before.discriminator, after.discriminator);
  if (before.alternatives.length + after.alternatives.length === 0) return false;
  const [was, is] = [optionsOf(comparing.before, before, earlier), optionsOf(comparing.after, after, later)];
  const pairs = pairUp(was, is, keyOf);
  const unnamed = (options: readonly Option[]): Option[] => options.filter(({ view: { name } }) => name === undefined);
  const [[lone, ...lost], [newcomer, ...gained]] = [unnamed(pairs.removed), unnamed(pairs.added)];
  // The only one on either side that has no partner is the same one, changed.
  const isOne = lone !== undefined && newcomer !== undefined && lost.length + gained.length === 0;
  const [removed, added] = [pairs.removed, pairs.added].map((options) =>
    options.filter((one) => !isOne || (one !== lone && one !== newcomer)),
  );
  for (const option of removed ?? []) note(at, 'removed', narrower(at), say`can no longer be ${labelOf(option)}`);
  for (const option of added ?? []) note(at, 'added', wider(at), say`may now be ${labelOf(option)} too`);
  // Where a schema is its own only alternative, this is where it is gone into.
  for (const [one, other] of [...pairs.both, ...(isOne ? [[lone, newcomer] as const] : [])])
    comparing.schemas(at, one.schema, other.schema);
  return (
    before.properties.length + after.properties.length === 0 ||
    before.alternatives.length === 0 ||
    after.alternatives.length === 0
  );
};
