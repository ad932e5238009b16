import { describe, expect, it } from 'vitest';
import { withDocumentLinks } from '../../../src/rendering/document-files/rewrite-links.ts';

const led = (source: string): string => withDocumentLinks(source, '/docs/sea', '.md');
const fence = (mark: string, lines: string): string => `${mark}md\n${lines}\n${mark}`;

describe('links of a document', () => {
  it.each([
    ['[a](tides)', '[a](/docs/sea/tides.md)'],
    ['[a]( <tides.md> "title")', '[a]( /docs/sea/tides.md "title")'],
    ['[`code`](tides)', '[`code`](/docs/sea/tides.md)'],
    ['[a]: tides.md "title"', '[a]: /docs/sea/tides.md "title"'],
    ['[a]: tides(1)', '[a]: tides(1)'],
    ['<a title="x" href="tides">a</a>', '<a title="x" href="/docs/sea/tides.md">a</a>'],
    ['![a](images/0123456789abcdef0123456789abcdef.png)', '![a](/docs/sea/images/0123456789abcdef0123456789abcdef.png)'],
    ['[a](tides#high) [b](#low) [c](https://example.com/x)', '[a](/docs/sea/tides.md#high) [b](#low) [c](https://example.com/x)'],
    ['a `b`c` [a](tides)', 'a `b`c` [a](/docs/sea/tides.md)'],
    ['\\`[a](tides)`', '\\`[a](/docs/sea/tides.md)`'],
    ['a ` b\n\n[a](tides) `', 'a ` b\n\n[a](/docs/sea/tides.md) `'],
    ['- a ` b\n- [a](tides) `', '- a ` b\n- [a](/docs/sea/tides.md) `'],
    ['# a ` b\n[a](tides) `', '# a ` b\n[a](/docs/sea/tides.md) `'],
    ['| ` |\n| [a](tides) ` |', '| ` |\n| [a](/docs/sea/tides.md) ` |'],
    ['``` a ` b\n[a](tides)', '``` a ` b\n[a](/docs/sea/tides.md)'],
    ['a\n    [a](tides)', 'a\n    [a](/docs/sea/tides.md)'],
    ['- a\n\n    [a](tides)', '- a\n\n    [a](/docs/sea/tides.md)'],
    ['1.  a\n    - b\n\n        [a](tides)', '1.  a\n    - b\n\n        [a](/docs/sea/tides.md)'],
    ['a[^1]\n\n[^1]: b\n\n    [a](tides)', 'a[^1]\n\n[^1]: b\n\n    [a](/docs/sea/tides.md)'],
    [`${fence('```', 'x')}\n[a](tides)`, `${fence('```', 'x')}\n[a](/docs/sea/tides.md)`],
    ['> ```md\n> x\n\n[a](tides)', '> ```md\n> x\n\n[a](/docs/sea/tides.md)'],
    ['`](`[a](tides)', '`](`[a](/docs/sea/tides.md)'],
  ])('%j leads to where its page leads', (source, expected) => {
    expect(led(source)).toBe(expected);
  });

  it.each([
    '`[a](tides)`',
    '``[a](tides) ` [a](tides)``',
    '`[a](tides)\n[a](tides)`',
    '> `[a](tides)\n> [a](tides)`',
    fence('```', '[a](tides)'),
    fence('~~~~', '~~~\n[a](tides)\n```'),
    '```\n[a](tides)',
    '```\n> ```\n[a](tides)\n```',
    `- a\n\n      ${fence('```', '[a](tides)').replaceAll('\n', '\n      ')}`,
    `1. ${fence('```', '[a](tides)').replaceAll('\n', '\n   ')}`,
    `> ${fence('```', '[a](tides)').replaceAll('\n', '\n> ')}`,
    '    [a](tides)\n    [b]: tides',
    'a\n\n\t[a](tides)',
    '>     [a](tides)',
    '- a\n\n      [a](tides)',
    '[^1]: tides are told here',
    '[x]: tides are no address',
  ])('%j stays as it is written', (source) => {
    expect(led(source)).toBe(source);
  });

  it('are found in texts of every shape', () => {
    for (const unit of [
      '`',
      '` ',
      '`` ` ',
      '](',
      '[',
      '\\',
      '\n',
      '- ',
      '> ',
      '```\n',
      '~~~ a\n',
      '    \n',
      '\t[x](y)\n',
      '1. `\n',
    ])
      expect(led(unit.repeat(100_000)).length, unit).toBeGreaterThanOrEqual(100_000);
  });
});
