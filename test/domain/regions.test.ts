import { describe, expect, it } from 'vitest';
import { isRegionCode } from '../../src/domain/regions/index.ts';

describe('regions', () => {
  it('are five', () => {
    expect(['us', 'eu', 'au', 'me', 'in', 'US', 'uk', ''].map(isRegionCode)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
