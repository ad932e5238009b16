import { describe, expect, it } from 'vitest';
import { readLines } from '../../src/lib/lines.ts';

const read = async (text: string, ...numbers: number[]) => [...(await readLines(Buffer.from(text), numbers))];

describe('lines of a text', () => {
  it.each(['\n', '\r\n', '\r'])('end with %j', async (end) => {
    const text = ['ä', '', 'c', ''].join(end);
    expect(await read(text, 1, 2, 3, 4, 5)).toEqual([
      [1, 'ä'],
      [2, ''],
      [3, 'c'],
      [4, ''],
    ]);
    expect(await read(text, 3)).toEqual([[3, 'c']]);
  });

  it('are found in texts that are read in several turns', async () => {
    const text = `${'x'.repeat(3_000_000)}\r\nlast but one\nlast`;
    expect(await read(text, 2, 3)).toEqual([
      [2, 'last but one'],
      [3, 'last'],
    ]);
  });

  it('are found however many are wanted', async () => {
    const lines = await readLines(
      Buffer.from('\n'.repeat(300_000)),
      Array.from({ length: 200_000 }, (_, index) => index + 1),
    );
    expect(lines.size).toBe(200_000);
  });

  it('are none where none is wanted', async () => {
    expect(await read('a\nb')).toEqual([]);
    expect(await read('', 1, 0, -1)).toEqual([[1, '']]);
  });
});
