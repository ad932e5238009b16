import { describe, expect, it } from 'vitest';
import { canAdminister, require, SYSTEM, VISITOR } from '../../src/domain/access/index.ts';

describe('actors', () => {
  it('are administrators, the system, or have no say', () => {
    expect(canAdminister(SYSTEM)).toBe(true);
    expect(canAdminister({ kind: 'administrator', id: undefined, tokenId: undefined })).toBe(true);
    expect(canAdminister(VISITOR)).toBe(false);
    expect(() => require(false)).toThrow(/permission/);
  });
});
