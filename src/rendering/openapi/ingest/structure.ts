import type { NormalizedNodeType } from '@redocly/openapi-core';
import { detectSpec, getMajorSpecVersion } from '@redocly/openapi-core';
import type { FindingCollector } from './findings.ts';
import type { Resolve } from './resolver.ts';
import { config, structureTypes } from './structure-types.ts';
import { isObject } from './version.ts';

/** A place in the document; its pointer is put together only when something is reported there. */
interface Place {
  parent: Place | undefined;
  segment: string | number;
  child(segments: (string | number)[] | string | number): Place;
  key(): Place;
}

interface Report {
  message: string;
  suggest?: string[];
  location?: Place | unknown[];
}

/** The part of openapi-core's visitor context that its rule `struct` uses. */
interface StructContext {
  report(report: Report): void;
  resolve(ref: { $ref: string }): { node: unknown };
  ignoreNextVisitorsOnNode(): void;
  type: NormalizedNodeType;
  location: Place;
  rawLocation: Place;
  key: string | number;
}

type StructRule = () => { any(node: unknown, context: StructContext): void };

/**
 * Checks the structure of a document with openapi-core: its types of the document's version and its rule `struct`.
 *
 * openapi-core's own walk resolves every `$ref` first, which never ends for some documents, and looks for every property that a type
 * could have. This one visits what is there, each definition once where it is written; references are checked apart.
 */
export const checkStructure = (document: Record<string, unknown>, resolve: Resolve, findings: FindingCollector): void => {
  const specVersion = detectSpec(document);
  const types = structureTypes(document);
  // Since OpenAPI 3.1, as in JSON Schema, `true` and `false` are schemas.
  const hasBooleanSchemas = specVersion === 'oas3_1' || specVersion === 'oas3_2';
  const ruleSets = config.getRulesForSpecVersion(getMajorSpecVersion(specVersion)) as unknown as { struct?: StructRule }[];
  const struct = ruleSets.find((rules) => rules.struct)?.struct?.();
  const root = types['Root'];
  if (!struct || !root) throw new Error(`openapi-core has no rule "struct" for ${specVersion}`);

  // One context serves all nodes: the rule is done with it when it returns.
  const context: StructContext = {
    report: ({ message, suggest, location }) =>
      findings.add(
        { severity: 'error', rule: 'struct', message: suggest?.[0] ? `${message} Did you mean \`${suggest[0]}\`?` : message },
        pathOf(location === undefined || Array.isArray(location) ? context.location : location),
      ),
    resolve: ({ $ref }) => ({ node: resolve($ref) }),
    ignoreNextVisitorsOnNode: () => {},
    type: root,
    location: ROOT,
    rawLocation: ROOT,
    key: '',
  };
  const check = (node: unknown, type: NormalizedNodeType, place: Place): void => {
    context.type = type;
    context.location = place;
    context.rawLocation = place;
    context.key = place.segment;
    try {
      struct.any(node, context);
    } catch {
      // The rule trips over objects that have a key `hasOwnProperty`.
      findings.add(
        { severity: 'warning', rule: 'structure', message: 'The structure could not be checked here.' },
        pathOf(place),
      );
    }
  };

  const visit = (node: unknown, type: NormalizedNodeType, place: Place): void => {
    if (typeof node === 'boolean' && type.name === 'Schema' && hasBooleanSchemas) return;
    // Next to a `$ref` only what is written beside it can be judged.
    if (!isObject(node) || typeof node['$ref'] !== 'string') check(node, type, place);
    if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index++) {
        const itemType = typeof type.items === 'function' ? type.items(node[index], String(index)) : type.items;
        if (isWalked(itemType)) visit(node[index], itemType, place.child(index));
      }
    } else if (isObject(node)) {
      for (const key of Object.keys(node)) {
        if (key === '$ref') continue;
        const value = node[key];
        const memberType = typeOfMember(type, key, value);
        if (isWalked(memberType)) visit(value, memberType, place.child(key));
      }
    }
  };

  visit(document, root, ROOT);
};

type MemberType = Exclude<NormalizedNodeType['items'], (...args: never[]) => unknown>;

/** Types with a name are structures of the specification; the rest are plain values, which the rule judges with their owner. */
const isWalked = (type: MemberType): type is NormalizedNodeType =>
  type?.name !== undefined && type.name !== 'SpecExtension' && type.directResolveAs === undefined;

const typeOfMember = (type: NormalizedNodeType, key: string, value: unknown): MemberType => {
  const isExtension = type.extensionsPrefix !== undefined && key.startsWith(type.extensionsPrefix);
  const declared = Object.hasOwn(type.properties, key) ? type.properties[key] : undefined;
  const member = declared === undefined && !isExtension ? type.additionalProperties : declared;
  return typeof member === 'function' ? member(value, key) : member;
};

const placeAt = (parent: Place | undefined, segment: string | number): Place => ({
  parent,
  segment,
  child: childOf,
  key: itself,
});

function childOf(this: Place, segments: (string | number)[] | string | number): Place {
  if (!Array.isArray(segments)) return placeAt(this, segments);
  let place: Place = this;
  for (const segment of segments) place = placeAt(place, segment);
  return place;
}

function itself(this: Place): Place {
  return this;
}

const ROOT = placeAt(undefined, '');

const pathOf = (place: Place): (string | number)[] => {
  const segments: (string | number)[] = [];
  for (let at = place; at.parent; at = at.parent) segments.push(at.segment);
  return segments.reverse();
};
