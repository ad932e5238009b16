import { asNode } from '../model/nodes.ts';
import type { SchemaExtras, SchemaView } from './view.ts';

const hasRules = (extras: SchemaExtras): boolean =>
  extras.conditions.length > 0 ||
  extras.not.length > 0 ||
  extras.dependentRequired.length > 0 ||
  extras.dependentSchemas.length > 0 ||
  extras.alsoRequired.length > 0 ||
  asNode(extras.propertyNames) !== undefined ||
  asNode(extras.contentSchema) !== undefined;

/** Whether a schema has parts of its own to show: properties, alternatives, items of a tuple, rules. */
export const isStructured = (view: SchemaView): boolean =>
  view.properties.length > 0 ||
  view.alternatives.length > 0 ||
  view.prefixItems.length > 0 ||
  view.patternProperties.length > 0 ||
  asNode(view.contains) !== undefined ||
  (view.additionalProperties !== null && typeof view.additionalProperties === 'object') ||
  (view.extras !== undefined && hasRules(view.extras));
