import type { IngestLimits } from '../types.ts';
import type { FindingCollector } from './findings.ts';
import { excerpt, formatCount, Refusal } from './refusal.ts';
import type { Resolve } from './resolver.ts';
import { isLocalRef } from './resolver.ts';
import { isObject } from './version.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** Notes the tags of some objects: names that stand in lists. */
const noteTags = (tags: Set<string>, names: unknown, limits: IngestLimits): void => {
  if (!Array.isArray(names)) return;
  for (const name of names) if (typeof name === 'string') tags.add(name);
  if (tags.size > limits.maxTags) throw new Refusal('tags', `The document has more than ${formatCount(limits.maxTags)} tags.`);
};

const declaredTags = ({ tags }: Record<string, unknown>): unknown[] =>
  Array.isArray(tags) ? tags.map((tag: unknown) => (isObject(tag) ? tag['name'] : undefined)) : [];

/**
 * Counts the operations of paths and webhooks, those of a referenced path item as often as it is used, and remarks upon operation ids
 * that are used twice (such operations get an address made of method and path).
 * @throws Refusal (`operations`, `tags`) when there are more than the limits
 */
export const inspectOperations = (
  root: Record<string, unknown>,
  resolve: Resolve,
  limits: IngestLimits,
  findings: FindingCollector,
): number => {
  const owners = new Map<string, string>();
  const templates = new Map<string, string>();
  const tags = new Set<string>();
  noteTags(tags, declaredTags(root), limits);
  let count = 0;
  for (const section of ['paths', 'webhooks', 'x-webhooks']) {
    const items = root[section];
    if (!isObject(items)) continue;
    for (const [path, item] of Object.entries(items)) {
      if (section === 'paths') remarkTwin(templates, path, findings);
      const own = operationsOf(item);
      const others = operationsOf(referenced(resolve, item));
      count += own.length + others.length;
      if (count > limits.maxOperations)
        throw new Refusal('operations', `The document describes more than ${formatCount(limits.maxOperations)} operations.`);
      for (const [, operation] of [...own, ...others]) noteTags(tags, operation['tags'], limits);
      for (const [keys, { operationId }] of own) {
        if (typeof operationId !== 'string') continue;
        const owner = owners.get(operationId);
        if (owner === undefined) owners.set(operationId, `${keys.at(-1)?.toUpperCase()} ${path}`);
        else
          findings.add(
            {
              severity: 'warning',
              rule: 'operation-id-unique',
              message: `The operation id \`${excerpt(operationId)}\` is already that of ${excerpt(owner)}.`,
            },
            [section, path, ...keys, 'operationId'],
          );
      }
    }
  }
  return count;
};

/** Paths that differ only in the names of their parameters cannot be told apart (OpenAPI Specification, Paths Object). */
const remarkTwin = (templates: Map<string, string>, path: string, findings: FindingCollector): void => {
  const template = path.replace(/\{[^{}]*\}/g, '{}');
  const twin = templates.get(template);
  if (twin === undefined) templates.set(template, path);
  else
    findings.add(
      {
        severity: 'warning',
        rule: 'identical-paths',
        message: `The path differs from \`${excerpt(twin)}\` only in the names of its parameters.`,
      },
      ['paths', path],
    );
};

const referenced = (resolve: Resolve, item: unknown): unknown => {
  const ref = isObject(item) ? item['$ref'] : undefined;
  return isLocalRef(ref) ? resolve(ref) : undefined;
};

/** The operations of a path item, each with the keys that lead to it. */
const operationsOf = (item: unknown): [keys: string[], operation: Record<string, unknown>][] => {
  if (!isObject(item)) return [];
  const found: [string[], Record<string, unknown>][] = [];
  for (const method of METHODS) {
    const operation = item[method];
    if (isObject(operation)) found.push([[method], operation]);
  }
  const additional = item['additionalOperations'];
  if (!isObject(additional)) return found;
  for (const [method, operation] of Object.entries(additional)) {
    if (isObject(operation)) found.push([['additionalOperations', method], operation]);
  }
  return found;
};
