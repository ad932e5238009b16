import { describe, expect, it } from 'vitest';
import { asId, isUuid, newId } from '../../src/domain/ids.ts';

describe('ids', () => {
  it('are UUIDs of version 7 that sort by time', () => {
    const [first, second] = [newId(new Date(1_000)), newId(new Date(2_000))];
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first < second).toBe(true);
  });

  it('sort by their order also within a millisecond', () => {
    const ids = Array.from({ length: 100 }, () => newId(new Date(3_000)));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(100);
  });

  it('are read in either case, and nothing else is', () => {
    expect(asId('D32D905A-ED33-46A3-A093-D8F536AF9A8A')).toBe('d32d905a-ed33-46a3-a093-d8f536af9a8a');
    expect(asId('d32d905aed3346a3a093d8f536af9a8a')).toBeUndefined();
    expect(isUuid('d32d905a-ed33-46a3-a093-d8f536af9a8a\n')).toBe(false);
  });
});
