import { describe, expect, it } from 'vitest';
import { mergeLines } from '../../src/lib/merge-lines.ts';

const BEFORE = ['a', 'b', 'c', 'd', 'e'].join('\n');
const merged = (one: string, other: string): string | undefined =>
  mergeLines(BEFORE, one.replaceAll(' ', '\n'), other.replaceAll(' ', '\n'))?.replaceAll('\n', ' ');

describe('two changes of a text', () => {
  it.each([
    ['lines at both ends', 'x a b c d e', 'a b c d e y', 'x a b c d e y'],
    ['the other way round', 'a b c d e y', 'x a b c d e', 'x a b c d e y'],
    ['lines that go and lines that come', 'a c d e', 'a b c d x y', 'a c d x y'],
    ['one line between', 'a x c d e', 'a b c y e', 'a x c y e'],
    ['several places of one', 'x b y d e', 'a b c d z', 'x b y d z'],
    ['the same lines twice', 'a a b c d e', 'a b c d e e', 'a a b c d e e'],
  ])('are put together: %s', (_, one, other, both) => expect(merged(one, other)).toBe(both));

  it.each([
    ['the same line', 'a b x d e', 'a b y d e'],
    ['lines next to each other', 'a x c d e', 'a b y d e'],
    ['the same place', 'a b x c d e', 'a b y c d e'],
    ['one within what the other spans', 'x b c d y', 'a b z d e'],
    ['everything', 'x', 'y'],
  ])('stay apart where they meet: %s', (_, one, other) => expect(merged(one, other)).toBeUndefined());
});
