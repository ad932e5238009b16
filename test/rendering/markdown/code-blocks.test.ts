import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/rendering/markdown/index.ts';

const rendered = (info: string, code: string) => load(renderMarkdown(`\`\`\`${info}\n${code}\n\`\`\``).html);

describe('a block of code', () => {
  it('has a title', () => {
    const $ = rendered('ts title="src/<app>.ts"', 'const a = 1;');
    expect($('.code-title').text()).toBe('src/<app>.ts');
    expect($('code').attr('class')).toBe('hljs language-ts');
    expect($('.code-line').length).toBe(0);
  });

  it.each([
    ['js {2}', [2]],
    ['js {1,3-4}', [1, 3, 4]],
    ['{2-3}', [2, 3]],
    ['js {9}', []],
  ])('has lines that stand out: %s', (info, expected) => {
    const code = 'const a = `1\n2\n3`;\nb();';
    const $ = rendered(info, code);
    expect($('code').text()).toBe(`${code}\n`);
    const marked = $('.code-line').map((at, line) => ($(line).hasClass('code-line-marked') ? at + 1 : null));
    expect(marked.get()).toEqual(expected);
    expect($('.code-line').length).toBe(4);
  });

  it('shows a difference in the colours of its language', () => {
    const $ = rendered('js diff', '-const a = 1;\n+const a = 2;\n call(a);');
    expect($('.hljs-deletion').text()).toBe('-const a = 1;\n');
    expect($('.hljs-addition').text()).toBe('+const a = 2;\n');
    expect($('.hljs-addition .hljs-keyword').text()).toBe('const');
    expect($('.code-line').last().attr('class')).toBe('code-line');
  });

  it('is what it is where its title says “diff”', () => {
    expect(rendered('js title="a diff {1}"', '-a')('.hljs-deletion').length).toBe(0);
  });

  it('lets nothing out of it', () => {
    const code = '</code><script>alert(1)</script>\n"<img src=x onerror=alert(1)>';
    for (const info of ['html {1-2}', 'js diff', 'x" onload="alert(1)', 'js title="\\"><script>alert(1)</script>"']) {
      const $ = rendered(info, code);
      expect($('script, img, [onload]').length).toBe(0);
      expect($('code').text()).toBe(`${code}\n`);
    }
  });
});
