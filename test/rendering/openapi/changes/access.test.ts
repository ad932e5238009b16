import { describe, it } from 'vitest';
import { expectThereAndBack, type OperationStep } from './support.ts';

const STEPS: readonly OperationStep[] = [
  [
    'that authorization is needed',
    'security: []',
    'security: [{ key: [] }]',
    ['breaking added | Authorization: needed now: `key`'],
    ['safe removed | Authorization: no longer needed'],
  ],
  [
    'that authorization may be left out',
    'security: [{ key: [] }, {}]',
    'security: [{ key: [] }]',
    ['breaking added | Authorization: needed now: `key`'],
    ['safe removed | Authorization: no longer needed'],
  ],
  [
    'ways of authorization',
    'security: [{ key: [] }]',
    'security: [{ key: [] }, { a: [], b: [] }]',
    ['safe added | Authorization: now by `a` and `b` too'],
    ['breaking removed | Authorization: no longer by `a` and `b`'],
  ],
  [
    'scopes',
    'security: [{ oauth: [read] }]',
    'security: [{ oauth: [read, write] }]',
    ['breaking added | Authorization: `oauth` needs the scope `write` too'],
    ['safe removed | Authorization: `oauth` no longer needs the scope `write`'],
  ],
];

describe('what operations ask for differs in', () => {
  it.each(STEPS)('%s', expectThereAndBack);
});
