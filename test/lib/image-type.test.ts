import { describe, expect, it } from 'vitest';
import { asImagePath, imagesNamedIn } from '../../src/lib/image-names.ts';
import { readImage } from '../../src/lib/image-type.ts';
import { png } from '../support/images.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

const webp = (kind: string, rest: string): Buffer =>
  Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.from(kind), hex(rest), Buffer.alloc(20)]);

describe('an image', () => {
  it('is known by its bytes, with its size', () => {
    expect(readImage(png(300, 20))).toEqual({ type: 'png', width: 300, height: 20 });
    expect(readImage(Buffer.concat([Buffer.from('GIF89a'), hex('2c01 1400 000000')]))).toEqual({
      type: 'gif',
      width: 300,
      height: 20,
    });
    const jpeg = hex('ffd8 ffe0 0010 4a464946 0001 0100 0001 0001 0000 ff ffc0 0011 08 0014 012c 03 012200 021101 031101');
    expect(readImage(jpeg)).toEqual({ type: 'jpg', width: 300, height: 20 });
    expect(readImage(webp('VP8X', '0a000000 00000000 2b0100 130000'))).toEqual({ type: 'webp', width: 300, height: 20 });
    expect(readImage(webp('VP8 ', '00000000 000000 9d012a 2c01 1400'))).toEqual({ type: 'webp', width: 300, height: 20 });
    expect(readImage(webp('VP8L', '00000000 2f 2bc10400'))).toEqual({ type: 'webp', width: 300, height: 20 });
  });

  it('is nothing else, whatever it is called', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      Buffer.from('<!doctype html><title>GIF89a</title>'),
      png().subarray(0, 20),
      hex('ffd8 ffe0'),
      hex('ffd8 ffe0 0000 ffe0 0000 0000'),
      webp('ICCP', '00'),
    ])
      expect(readImage(bytes)).toBeUndefined();
  });

  it('is found in texts by its address', () => {
    const hash = 'ab'.repeat(16);
    expect(imagesNamedIn(`![x](images/${hash}.png) <img src="./images/${hash}.png"> images/${'z'.repeat(32)}.png`)).toEqual([
      hash,
    ]);
    expect(asImagePath(`./images/${hash}.webp`)).toBe(`images/${hash}.webp`);
    for (const other of [`images/${hash}.svg`, `images/${hash}.png?x`, `/images/${hash}.png`, `a/images/${hash}.png`])
      expect(asImagePath(other)).toBeUndefined();
  });
});
