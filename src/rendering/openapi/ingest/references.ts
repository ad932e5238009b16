import type { IngestLimits } from '../types.ts';
import type { FindingCollector } from './findings.ts';
import { pointerTo } from './locate.ts';
import { excerpt, formatCount, Refusal } from './refusal.ts';
import type { Resolve } from './resolver.ts';
import { isLocalRef } from './resolver.ts';
import { isObject } from './version.ts';

/** Keys whose members are named freely, so that their names say nothing about their content. */
const NAME_MAPS = new Set(
  'properties patternProperties dependentSchemas definitions $defs schemas parameters responses headers examples requestBodies securitySchemes securityDefinitions links callbacks pathItems paths webhooks mediaTypes content encoding variables'.split(
    ' ',
  ),
);

/** Keys whose value is data of the described API: a `$ref` in it means nothing to us. */
const DATA_KEYS = new Set(['example', 'default', 'enum', 'const', 'value', 'dataValue']);

type Problem = { severity: 'error' | 'warning'; rule: string; message: string };

/**
 * Looks at every node once: refuses keys that reach JavaScript prototypes, checks every `$ref` against the document and never follows
 * one out of it. Time is linear in the size of the document.
 *
 * @returns the number of keys, and whether anything might be marked as internal
 * @throws Refusal (`prototype-key`, `ref-chain`)
 */
export const inspectTree = (
  root: Record<string, unknown>,
  resolve: Resolve,
  limits: IngestLimits,
  findings: FindingCollector,
): { keys: number; marksInternal: boolean } => {
  const path: (string | number)[] = [];
  const anchors = new Set<string>();
  const anchorRefs = new Map<string, (string | number)[]>();
  const problems = new Map<string, Problem | undefined>();
  let keys = 0;
  let marksInternal = false;

  const visitRef = (ref: string): void => {
    if (ref.startsWith('#') && !isLocalRef(ref)) {
      if (!anchorRefs.has(ref)) anchorRefs.set(ref, [...path]);
      return;
    }
    if (!problems.has(ref)) problems.set(ref, judge(ref, resolve, limits, path));
    const problem = problems.get(ref);
    if (problem) findings.add(problem, path);
  };

  const visitString = (key: string, value: string): void => {
    if (key === '$ref') visitRef(value);
    else if (key === '$anchor' || key === '$dynamicAnchor') anchors.add(value);
    else if (key === 'externalValue') findings.add(EXTERNAL_VALUE, [...path, key]);
  };

  const visit = (value: object, names: boolean, data: boolean): void => {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (typeof item !== 'object' || item === null) continue;
        path.push(index);
        visit(item, false, data);
        path.pop();
      }
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      keys++;
      if (key === '__proto__')
        throw new Refusal('prototype-key', 'The key `__proto__` is not accepted anywhere in a document.', {
          path: pointerTo([...path, key]),
        });
      if (typeof member === 'string') {
        if (!names && !data) visitString(key, member);
      } else if (typeof member === 'object' && member !== null) {
        path.push(key);
        visit(member, !names && NAME_MAPS.has(key), data || (!names && DATA_KEYS.has(key)));
        path.pop();
      } else if (member === true && key === 'x-internal') marksInternal = true;
    }
  };

  visit(root, false, false);
  for (const [ref, at] of anchorRefs) {
    if (!anchors.has(ref.slice(1))) findings.add(unresolved(ref), at);
  }
  return { keys, marksInternal };
};

const EXTERNAL_VALUE: Problem = {
  severity: 'warning',
  rule: 'external-value',
  message: 'The example is kept outside the document (`externalValue`) and is not fetched.',
};

const unresolved = (ref: string): Problem => ({
  severity: 'error',
  rule: 'unresolved-ref',
  message: `\`$ref\` points to \`${excerpt(ref)}\`, which does not exist.`,
});

/**
 * What is wrong with a reference, if anything.
 * @throws Refusal (`ref-chain`)
 */
const judge = (
  ref: string,
  resolve: Resolve,
  { maxRefChain }: IngestLimits,
  path: readonly (string | number)[],
): Problem | undefined => {
  if (!isLocalRef(ref)) {
    return {
      severity: 'warning',
      rule: 'external-ref',
      message: `\`$ref\` points to \`${excerpt(ref)}\`. References out of the document are not followed.`,
    };
  }
  const seen = new Set<string>();
  for (let next: unknown = ref; isLocalRef(next); ) {
    if (seen.has(next))
      return {
        severity: 'error',
        rule: 'ref-loop',
        message: `\`$ref\` to \`${excerpt(ref)}\` leads back to itself and never to a definition.`,
      };
    seen.add(next);
    if (seen.size > maxRefChain) {
      throw new Refusal(
        'ref-chain',
        `A \`$ref\` leads through more than ${formatCount(maxRefChain)} other references before it reaches a definition.`,
        { path: pointerTo(path) },
      );
    }
    const target = resolve(next);
    if (target === undefined) return unresolved(ref);
    next = isObject(target) ? target['$ref'] : undefined;
  }
  return undefined;
};
