import type { IngestLimits } from '../types.ts';
import type { FindingCollector } from './findings.ts';
import { pointerSegments, pointerTo } from './locate.ts';
import { excerpt, formatCount, Refusal } from './refusal.ts';
import { isObject } from './version.ts';

/** How many `$ref`s on the way to a target are looked through. */
const MAX_DETOURS = 8;

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
 * @returns the number of keys
 * @throws Refusal (`prototype-key`, `ref-chain`)
 */
export const inspectTree = (root: Record<string, unknown>, limits: IngestLimits, findings: FindingCollector): number => {
  const path: (string | number)[] = [];
  const anchors = new Set<string>();
  const anchorRefs: { ref: string; path: string }[] = [];
  const judge = createRefJudge(root, limits);
  let keys = 0;

  const visitRef = (ref: string): void => {
    if (ref.startsWith('#') && ref !== '#' && !ref.startsWith('#/')) {
      anchorRefs.push({ ref, path: pointerTo(path) });
      return;
    }
    const problem = judge(ref, path);
    if (problem) findings.add({ ...problem, path: pointerTo(path) });
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
        if (names || data) continue;
        if (key === '$ref') visitRef(member);
        else if (key === '$anchor' || key === '$dynamicAnchor') anchors.add(member);
        else if (key === 'externalValue')
          findings.add({
            severity: 'warning',
            rule: 'external-value',
            message: 'The example is kept outside the document (`externalValue`) and is not fetched.',
            path: pointerTo([...path, key]),
          });
      } else if (typeof member === 'object' && member !== null) {
        path.push(key);
        visit(member, !names && NAME_MAPS.has(key), data || (!names && DATA_KEYS.has(key)));
        path.pop();
      }
    }
  };

  visit(root, false, false);
  for (const { ref, path } of anchorRefs) {
    if (!anchors.has(ref.slice(1))) findings.add({ ...unresolved(ref), path });
  }
  return keys;
};

const unresolved = (ref: string): Problem => ({
  severity: 'error',
  rule: 'unresolved-ref',
  message: `\`$ref\` points to \`${excerpt(ref)}\`, which does not exist.`,
});

/** Judges references, each distinct one once. */
const createRefJudge = (
  root: Record<string, unknown>,
  limits: IngestLimits,
): ((ref: string, path: readonly (string | number)[]) => Problem | undefined) => {
  const judged = new Map<string, Problem | undefined>();
  return (ref, path) => {
    if (judged.has(ref)) return judged.get(ref);
    const problem = judge(root, ref, limits.maxRefChain, path);
    judged.set(ref, problem);
    return problem;
  };
};

const judge = (
  root: Record<string, unknown>,
  ref: string,
  maxChain: number,
  path: readonly (string | number)[],
): Problem | undefined => {
  if (!ref.startsWith('#')) {
    return {
      severity: 'warning',
      rule: 'external-ref',
      message: `\`$ref\` points to \`${excerpt(ref)}\`. References out of the document are not followed.`,
    };
  }
  const seen = new Set<string>();
  for (let next: string | undefined = ref; next !== undefined; ) {
    if (seen.has(next))
      return {
        severity: 'error',
        rule: 'ref-loop',
        message: `\`$ref\` to \`${excerpt(ref)}\` leads back to itself and never to a definition.`,
      };
    seen.add(next);
    if (seen.size > maxChain)
      throw new Refusal(
        'ref-chain',
        `A \`$ref\` leads through more than ${formatCount(maxChain)} other references before it reaches a definition.`,
        { path: pointerTo(path) },
      );
    const target = resolvePointer(root, next);
    if (target === undefined) return unresolved(ref);
    const onward: unknown = isObject(target) ? target['$ref'] : undefined;
    next = typeof onward === 'string' && onward.startsWith('#/') ? onward : undefined;
  }
  return undefined;
};

/**
 * The node that a reference within the document (`#/…`) points to, also through a few references on the way.
 * @returns undefined if there is none
 */
export const resolvePointer = (root: Record<string, unknown>, ref: string, detours = MAX_DETOURS): unknown => {
  let node: unknown = root;
  for (const segment of pointerSegments(ref)) {
    if (isObject(node) && !Object.hasOwn(node, segment)) {
      const detour: unknown = node['$ref'];
      if (typeof detour !== 'string' || !detour.startsWith('#/') || detours === 0) return undefined;
      node = resolvePointer(root, detour, detours - 1);
    }
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, segment)) return undefined;
    node = (node as Record<string, unknown>)[segment];
  }
  return node;
};
