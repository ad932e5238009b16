import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesIn, readStyleRules } from '../../src/http/style-rules.ts';
import { ROOT } from '../support/source.ts';

const used = (css: string, html: string): string => readStyleRules(css).usedBy(namesIn(html));

describe('the rules of a stylesheet that a page uses', () => {
  it.each([
    ['its elements, classes and ids', 'p{a:1}.card{a:2}#main{a:3}', '<p class="x card" id="main">', 'p{a:1}.card{a:2}#main{a:3}'],
    ['none of those that it has not', 'p{a:1}.card{a:2}#main{a:3}td{a:4}', '<div class="cards" id="mains">', ''],
    [
      'all that a selector asks for',
      '.a .b{a:1}.a>.c{a:2}p.a+.b{a:3}',
      '<p class="a"></p><i class="b">',
      '.a .b{a:1}p.a+.b{a:3}',
    ],
    ['whole where one of several selectors may hold', '.a,.b:is(.x,.y){a:1}', '<p class="b">', '.a,.b:is(.x,.y){a:1}'],
    [
      'what may come to hold',
      'p[open]:hover::before{a:1}p:not(.x):has(.y,.z){a:2}',
      '<p>',
      'p[open]:hover::before{a:1}p:not(.x):has(.y,.z){a:2}',
    ],
    [
      'under its conditions',
      '@media (min-width:1px){p{a:1}td{a:2}@supports (a:b){p{a:3}}}',
      '<p>',
      '@media (min-width:1px){p{a:1}@supports (a:b){p{a:3}}}',
    ],
    ['without conditions that nothing is under', '@media print{td{a:1}}p{a:2}', '<p>', 'p{a:2}'],
    ['with rules inside them', '.a{a:1;&:hover{a:2}.b{a:3}}.b{a:4}', '<p class="a">', '.a{a:1;&:hover{a:2}.b{a:3}}'],
    [
      'with what is for no element',
      '@layer a,b;@font-face{a:1}@keyframes k{from{a:1}to{a:2}}@property --x{a:1}',
      '',
      '@layer a,b;@font-face{a:1}@keyframes k{from{a:1}to{a:2}}@property --x{a:1}',
    ],
    ['of any element', '*{a:1}:root{a:2}::selection{a:3}', '<p>', '*{a:1}:root{a:2}::selection{a:3}'],
    [
      'with signs in quotes',
      `p::before{content:"}{;\\"'"}td{a:1}p[x="},{"]{content:'"}'}`,
      '<p>',
      `p::before{content:"}{;\\"'"}p[x="},{"]{content:'"}'}`,
    ],
    ['also where names are written with escapes', '.w-1\\/2{a:1}.\\{{a:2}td{a:3}', '<p>', '.w-1\\/2{a:1}.\\{{a:2}'],
  ])('are %s', (_what, css, html, expected) => {
    expect(used(css, html)).toBe(expected);
  });

  it('are told by names however attributes are written', () => {
    const html = `<DIV data-class="no" title="a > b" class='one two'><svg\nclass=three ID = "four"><input name="id" value="class">`;
    expect([...namesIn(html)].sort()).toEqual(['#four', '.one', '.three', '.two', 'div', 'input', 'svg']);
  });

  it('are all of ours where a page has everything', () => {
    const folder = path.join(ROOT, 'static/css');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
    expect(files.length).toBeGreaterThan(20);
    const everything = { has: () => true } as unknown as ReadonlySet<string>;
    const bare = (css: string): string => css.replace(/\/\*.*?\*\//gs, '').replace(/\s/g, '');
    for (const name of files) {
      const css = readFileSync(path.join(folder, name), 'utf8').replace(/\/\*.*?\*\//gs, '');
      expect([name, bare(readStyleRules(css).usedBy(everything))]).toEqual([name, bare(css)]);
    }
  });
});
