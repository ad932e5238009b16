import { expect, it } from 'vitest';
import { labelsField } from '../../../src/faces/admin/labels.ts';

it('reads labels from lines', () => {
  const read = (text: string) => labelsField().safeParse(text);
  expect(read(' team : payments \n\ntier=gold').data).toEqual({ team: 'payments', tier: 'gold' });
  expect(read('no label').error?.issues[0]?.message).toBe('Line 1: a label is a key and a value, such as team: payments');
  expect(read('a: b\na: c').error?.issues[0]?.message).toBe('Line 2: there are two labels “a”');
});

it('takes no square of the spaces in a line', () => {
  const spaces = ' '.repeat(1_000_000);
  for (const line of [`a${spaces}`, `a: b${spaces}c`]) expect(labelsField().safeParse(line).success).toBe(false);
});
