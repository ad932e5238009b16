import { FACTS, OVERVIEW, operation, type Place, property, schema } from './place.ts';

/** Where OpenAPI 3.1 differs from 3.0. */
export const OPENAPI_3_1: readonly Place[] = [
  ['Root.openapi', OVERVIEW, '.reference-facts', 'OpenAPI 3.1.1'],
  ['Root.jsonSchemaDialect', OVERVIEW, FACTS, 'https://json-schema.org/draft/2020-12/schema'],
  ['Root.webhooks', operation('onFog'), '.operation-title', 'Fog comes up'],
  ['Info.summary', OVERVIEW, '.overview-summary', 'As it was before streams.'],
  ['License.identifier', OVERVIEW, FACTS, 'ISC'],
  ['Schema.type', schema('Fog'), '.schema-type', 'object or null'],
  ['Schema.type', schema('Fog'), `${property('sight')} .type`, 'number or null'],
  ['Schema.exclusiveMinimum', schema('Fog'), property('sight'), 'value > 0'],
  ['Schema.examples', schema('Fog'), property('sight'), 'examples 120 80'],
  ['Schema.const', schema('Fog'), property('kind'), 'always sea'],
];
