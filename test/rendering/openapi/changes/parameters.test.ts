import { describe, it } from 'vitest';
import { expectThereAndBack, type OperationStep } from './support.ts';

const STEPS: readonly OperationStep[] = [
  [
    'an optional parameter',
    '{}',
    'parameters: [{ name: limit, in: query, schema: { type: integer } }]',
    ['safe added | Query parameter `limit`: new'],
    ['risky removed | Query parameter `limit`: removed'],
  ],
  [
    'a required parameter',
    '{}',
    'parameters: [{ name: X-Key, in: header, required: true, schema: { type: string } }]',
    ['breaking added | Header `X-Key`: new, and required'],
    ['risky removed | Header `X-Key`: removed'],
  ],
  [
    'whether a parameter is required',
    'parameters: [{ name: limit, in: query, schema: {} }]',
    'parameters: [{ name: limit, in: query, required: true, schema: {} }]',
    ['breaking changed | Query parameter `limit`: now required'],
    ['safe changed | Query parameter `limit`: no longer required'],
  ],
  [
    'the case of a header',
    'parameters: [{ name: X-Key, in: header, schema: {} }]',
    'parameters: [{ name: x-key, in: header, schema: {} }]',
    [],
    [],
  ],
  [
    'the place of a parameter',
    'parameters: [{ name: page, in: query, schema: {} }]',
    'parameters: [{ name: page, in: cookie, schema: {} }]',
    ['risky removed | Query parameter `page`: removed', 'safe added | Cookie `page`: new'],
    ['risky removed | Cookie `page`: removed', 'safe added | Query parameter `page`: new'],
  ],
  [
    'how a list in the query is written',
    'parameters: [{ name: tags, in: query, schema: { type: array, items: {} } }]',
    'parameters: [{ name: tags, in: query, explode: false, schema: { type: array, items: {} } }]',
    ['breaking changed | Query parameter `tags`: its values are written in another way'],
    ['breaking changed | Query parameter `tags`: its values are written in another way'],
  ],
  [
    'how a single value would be written',
    'parameters: [{ name: tag, in: query, schema: { type: string } }]',
    'parameters: [{ name: tag, in: query, explode: false, schema: { type: string } }]',
    [],
    [],
  ],
  [
    'a parameter by content',
    'parameters: [{ name: where, in: query, schema: { type: string } }]',
    'parameters: [{ name: where, in: query, content: { application/json: { schema: { type: string } } } }]',
    ['breaking changed | Query parameter `where`: is written as `application/json` instead of `plain text`'],
    ['breaking changed | Query parameter `where`: is written as `plain text` instead of `application/json`'],
  ],
  [
    'whether a parameter may be empty, and is to be used',
    'parameters: [{ name: all, in: query, allowEmptyValue: true, schema: {} }]',
    'parameters: [{ name: all, in: query, deprecated: true, schema: {} }]',
    ['breaking changed | Query parameter `all`: can no longer be empty', 'safe changed | Query parameter `all`: now deprecated'],
    ['safe changed | Query parameter `all`: no longer deprecated', 'safe changed | Query parameter `all`: may now be empty'],
  ],
];

describe('parameters of operations differ in', () => {
  it.each(STEPS)('%s', expectThereAndBack);
});
