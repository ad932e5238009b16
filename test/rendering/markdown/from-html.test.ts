import { describe, expect, it } from 'vitest';
import { markdownFromHtml } from '../../../src/rendering/markdown/from-html.ts';

const CASES: Readonly<Record<string, readonly [html: string, markdown: string]>> = {
  'text and marks': [
    '<p>One <strong>two</strong>\n <em>three</em> &amp; <code>a&lt;b</code></p><p>x<br>y</p>',
    'One **two** *three* & `a<b`\n\nx\ny',
  ],
  'headings and links': [
    '<h2 id="a"><a href="/x?a=1&amp;b=2">T</a> <a class="heading-anchor" href="#a">#</a></h2>',
    '## [T](/x?a=1&b=2)',
  ],
  'an anchor that leads nowhere': ['<p><a id="x">here</a></p>', 'here'],
  pictures: ['<p><img src="images/a.png" alt="A quay"></p>', '![A quay](images/a.png)'],
  'lists in lists': [
    '<p>a</p><ol><li>one<ul><li>x</li><li>y</li></ul></li><li><p>two</p><p>more</p></li></ol>',
    'a\n\n1. one\n   - x\n   - y\n2. two\n\n   more',
  ],
  'terms, also in groups': [
    '<dl><div><dt><code>a</code> string</dt><dd><p>First</p></dd></div><dt>b</dt><dd>second</dd><dd></dd></dl>',
    '- `a` string\n\n  First\n- b\n\n  second',
  ],
  'what unfolds': [
    '<details open><summary>200 <b>OK</b></summary><p>Body</p></details><details class="nested"><summary>Show more</summary><ul><li>x</li></ul></details>',
    '- 200 **OK**\n\n  Body\n- x',
  ],
  tables: [
    '<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td>1</td><td><ul><li>x</li><li>y</li></ul></td></tr><tr><td>2</td></tr></tbody></table>',
    '| a | b\\|c |\n| --- | --- |\n| 1 | x y |\n| 2 |  |',
  ],
  code: [
    '<ul><li><pre><code class="language-js"><span class="k">let</span> a;\n\n```\n</code></pre></li></ul>',
    '- ````js\n  let a;\n\n  ```\n  ````',
  ],
  'code in a line, with ticks and what is escaped in it': [
    '<p><code>a``b</code> <code>`</code> <code>it&#x27;s</code></p>',
    "``` a``b ``` `` ` `` `it's`",
  ],
  'what tables are called': ['<table><caption>Tides</caption><tr><th>a</th></tr></table>', 'Tides\n\n| a |\n| --- |'],
  'code in quotes as it stands': ['<blockquote><pre><code>a  \n\nb</code></pre></blockquote>', '> ```\n> a  \n>\n> b\n> ```'],
  quotes: ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
  'blocks in what stands in a line': ['<a href="/x"><div>one</div><div>two</div></a><span>three</span>', 'one\n\ntwo\n\nthree'],
  'nothing of what only scripts need': ['<p>a<svg><path d=""/></svg><button>Copy</button></p><script>x()</script>', 'a'],
};

/** So many that what takes the square of them would never end, and that no call takes as many arguments. */
const MANY = 200_000;

describe('HTML as Markdown', () => {
  it.each(Object.entries(CASES))('has %s', (_what, [html, markdown]) => {
    expect(markdownFromHtml(html)).toBe(`${markdown}\n`);
  });

  it('loses no text, however deep it lies', () => {
    expect(markdownFromHtml(`${'<div><blockquote>'.repeat(5_000)}deep`)).toContain('deep');
    expect(markdownFromHtml('</p>a<b>b')).toBe('a**b**\n');
  });

  it.each([
    ['spaces in a quote', `<blockquote><pre><code>${' '.repeat(MANY)}x</code></pre></blockquote>`],
    ['spaces in an attribute', `<p><a title="${' '.repeat(MANY)}x">x</a></p>`],
    ['letters in a tag', `x<${'b'.repeat(MANY)}`],
    ['blocks', `<dl><dd>${'<p>x</p>'.repeat(MANY)}</dd></dl>`],
    ['ticks', `<pre><code>${'``` '.repeat(MANY)}x</code></pre>`],
  ])('takes %s, however many there are', (_what, html) => {
    expect(markdownFromHtml(html)).toContain('x');
  });
});
