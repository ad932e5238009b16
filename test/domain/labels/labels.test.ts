import { describe, expect, it } from 'vitest';
import { labelIssues, mergeLabels } from '../../../src/domain/labels/index.ts';

const rules = (labels: Record<string, string | null>) => labelIssues(labels).map(({ field, rule }) => [field, rule]);

describe('labels', () => {
  it('may be anything within the pattern and the limits', () => {
    expect(rules({ env: 'test', 'a.b-c_d': 'A1', ['k'.repeat(63)]: 'v'.repeat(63), gone: null })).toEqual([]);
    expect(rules(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, 'v'])))).toEqual([]);
  });

  it.each([
    [{ ['k'.repeat(64)]: 'v' }, 'max_length'],
    [{ k: 'v'.repeat(64) }, 'max_length'],
    [{ k: '' }, 'is_label'],
    [{ k: '-v' }, 'is_label'],
    [{ 'k ': 'v' }, 'is_label'],
    [{ k: 'ü' }, 'is_label'],
    [{ '': 'v' }, 'is_label'],
  ])('are refused: %o', (labels, rule) => {
    expect(rules(labels as Record<string, string>).map(([, found]) => found)).toEqual([rule]);
  });

  it.each(['kong', 'konnect-x', 'Kong-y', 'mesh.a', 'kic', '_private'])('leave the prefix of %s to others', (key) => {
    expect(rules({ [key]: 'v' })).toEqual([[`labels.${key}`, 'is_label']]);
  });

  it('are 50 at most', () => {
    expect(rules(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])))).toEqual([['labels', 'max_items']]);
  });

  it('merge; null removes one, or all', () => {
    expect(mergeLabels({ a: '1', b: '2' }, { b: null, c: '3', d: null })).toEqual({ a: '1', c: '3' });
    expect(mergeLabels({ a: '1' }, null)).toEqual({});
    expect(mergeLabels({ a: '1' }, undefined)).toEqual({ a: '1' });
  });
});
