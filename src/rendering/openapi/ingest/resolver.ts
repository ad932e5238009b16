import { pointerSegments } from './locate.ts';
import { isObject } from './version.ts';

/** How many `$ref`s deep a pointer may lead through other references. */
const MAX_DETOURS = 20;

/** Finds the node that a reference within the document (`#` or `#/…`) points to, also when another `$ref` is on the way; undefined if there is none. */
export type Resolve = (ref: string) => unknown;

/** Creates the resolver of a document. It remembers every answer, so that all references together cost no more than their length. */
export const createResolver = (root: Record<string, unknown>): Resolve => {
  const known = new Map<string, unknown>();

  const resolve = (ref: string, detours: number): unknown => {
    if (known.has(ref)) return known.get(ref);
    // Until it is found, a pointer that needs itself leads nowhere.
    known.set(ref, undefined);
    let node: unknown = root;
    for (const segment of pointerSegments(ref)) {
      if (isObject(node) && !Object.hasOwn(node, segment)) node = detour(node['$ref'], detours);
      if (typeof node !== 'object' || node === null || !Object.hasOwn(node, segment)) return undefined;
      node = (node as Record<string, unknown>)[segment];
    }
    known.set(ref, node);
    return node;
  };

  const detour = (ref: unknown, detours: number): unknown =>
    isLocalRef(ref) && detours < MAX_DETOURS ? resolve(ref, detours + 1) : undefined;

  return (ref) => resolve(ref, 0);
};

/** Whether a value is a reference that is a pointer into the same document. */
export const isLocalRef = (ref: unknown): ref is string => typeof ref === 'string' && (ref === '#' || ref.startsWith('#/'));
