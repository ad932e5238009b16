import { FACTS, OVERVIEW, operation, type Place, property, schema } from './place.ts';

/** Where OpenAPI 3.0 differs from what came later. */
export const OPENAPI_3_0: readonly Place[] = [
  ['Root.openapi', OVERVIEW, '.reference-facts', 'OpenAPI 3.0.4'],
  ['License.url', OVERVIEW, `${FACTS} a[href="https://lantern-ferries.example/third"]`],
  ['Root.x-tagGroups', OVERVIEW, '.side-nav li:has(> a:contains("Ashore")) li', 'piers'],
  ['Root.x-webhooks', operation('onTide'), '.operation-title', 'The tide turns'],
  ['Schema.nullable', schema('Pier'), `${property('depth')} .type`, 'number or null'],
  ['Schema.nullable', schema('Pier'), `${property('lamp')} .type`, 'Lamp or null'],
  ['Schema.exclusiveMinimum', schema('Pier'), property('depth'), 'value > 1'],
  ['Schema.exclusiveMaximum', schema('Pier'), property('depth'), '< 9'],
  ['Schema.example', schema('Pier'), property('depth'), 'example 4.5'],
];
