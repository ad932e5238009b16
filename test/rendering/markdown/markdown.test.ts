import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { decodeContent } from '../../../src/rendering/markdown/content.ts';
import {
  highlightCode,
  markdownToAst,
  plainText,
  renderDescription,
  renderMarkdown,
} from '../../../src/rendering/markdown/index.ts';

const html = (source: string, options = {}) => load(renderMarkdown(source, options).html, null, false);

describe('documents', () => {
  it('have headings with unique ids and links to themselves, also beyond ASCII', () => {
    const { html: text, outline } = renderMarkdown('# Größe `x`\n\n## Same\n\n## Same\n\n## 日本語');
    expect(outline).toEqual([
      { id: 'größe-x', level: 1, text: 'Größe x' },
      { id: 'same', level: 2, text: 'Same' },
      { id: 'same-1', level: 2, text: 'Same' },
      { id: '日本語', level: 2, text: '日本語' },
    ]);
    const $ = load(text, null, false);
    expect($('h2#same-1 > a.heading-anchor').attr('href')).toBe('#same-1');
    expect($('h1 > a.heading-anchor').attr('aria-label')).toBe('Link to “Größe x”');
  });

  it('keep ids apart from footnotes, numbered headings and what the page has', () => {
    const source = '# Main\n\n## Fn 1\n\n## A\n\n## A\n\n## A 1\n\n## ???\n\n#\n\nText[^1] again[^1]\n\n[^1]: note';
    const { html: text, outline } = renderMarkdown(source, { reservedIds: ['main'] });
    expect(outline.map(({ id }) => id)).toEqual(['main-1', 'fn-1', 'a', 'a-1', 'a-1-1', 'section']);
    for (const page of [text, renderMarkdown(`${source} <b>html</b>`).html]) {
      const $ = load(page, null, false);
      const ids = $('[id]')
        .map((_, e) => $(e).attr('id'))
        .get();
      expect(new Set(ids).size).toBe(ids.length);
      const targets = $('a[href^="#"]')
        .map((_, e) => $(e).attr('href')?.slice(1))
        .get();
      expect(ids).toEqual(expect.arrayContaining(targets));
    }
  });

  it('write ids as authors expect them from other tools', () => {
    const ids = renderMarkdown("# What's new in v1.2?\n\n# A & B\n\n# snake_case - dash").outline.map(({ id }) => id);
    expect(ids).toEqual(['whats-new-in-v12', 'a--b', 'snake_case---dash']);
  });

  it('are the same with raw HTML and without', () => {
    const source =
      '# Title\n\n```js\nlet a = "<b>$1$&</b>";\n```\n\n| a |\n|:-:|\n| [x](y) |\n\n- [x] done\n\n![i](p.png) note[^1]\n\n[^1]: n';
    const $ = html(`${source}\n\n<kbd>k</kbd>\n`);
    $('kbd').parent().remove();
    const without = html(source);
    for (const selector of ['h1', '.code-block', '.table-scroll', 'ul', '.footnotes'])
      expect($(selector).html()).toBe(without(selector).html());
    expect($('[id*=own]')).toHaveLength(0);
  });

  it('leave smileys and addresses as they are', () => {
    const { text } = renderMarkdown('see 8) and http://a.example :/ :tada:');
    expect(text).toBe('see 8) and http://a.example :/ 🎉');
  });

  it('begin after a byte order mark', () => {
    expect(renderMarkdown('\uFEFF# Title').outline).toHaveLength(1);
    expect(renderDescription('\uFEFF# Title')).toContain('<h4>');
    expect(markdownToAst('\uFEFF# Title')[0]?.type).toBe('heading');
  });

  it('keep ids apart where several share a page', () => {
    const $ = html('# A[^1]\n\n[^1]: note', { headingPrefix: 'doc1-' });
    expect($('h1').attr('id')).toBe('doc1-a');
    expect($('.footnote-item').attr('id')).toContain('doc1-');
    expect($('.footnote-ref a').attr('href')).toBe(`#${$('.footnote-item').attr('id')}`);
  });

  it('have tables whose alignment is a class, in a group that scrolls', () => {
    const $ = html('| a | b |\n|:-:|--:|\n| 1 | 2 |');
    expect($('.table-scroll[role=group][tabindex=0] > table')).toHaveLength(1);
    expect($('th').first().attr('class')).toBe('align-center');
    expect($('td').last().attr('class')).toBe('align-right');
    expect($('[style]')).toHaveLength(0);
  });

  it('have task lists, alerts, footnotes, emoji, strikethrough', () => {
    const $ = html('- [x] done\n- [ ] open\n\n> [!WARNING]\n> Mind the gap.\n\nText[^n] ~~old~~ :tada:\n\n[^n]: Note.');
    expect($('input[type=checkbox][disabled]')).toHaveLength(2);
    expect($('input[checked]').attr('aria-label')).toBe('done');
    expect($('.markdown-alert-warning .markdown-alert-title').text()).toBe('Warning');
    expect($('.footnotes li').text()).toContain('Note.');
    expect($('s').text()).toBe('old');
    expect($.text()).toContain('🎉');
  });

  it.each(['bash', 'json', 'yaml', 'go', 'javascript', 'typescript', 'python', 'java', 'http'])('highlight %s', (language) => {
    const code =
      { json: '{"a": 1}', http: 'GET / HTTP/1.1\nHost: a', yaml: 'a: 1', bash: 'echo "x"', go: 'func main() {}' }[language] ??
      'return "x"';
    const $ = html(`\`\`\`${language}\n${code}\n\`\`\``);
    expect($(`.code-block[data-language=${language}] > pre[tabindex=0] > code.hljs.language-${language}`).text().trim()).toBe(
      code,
    );
    expect($('[class^=hljs-]').length).toBeGreaterThan(0);
  });

  it('show unknown languages and very long code plain', () => {
    expect(html('```klingon\n<b>\n```')('code').text()).toBe('<b>\n');
    const long = 'x = "y"\n'.repeat(10_000);
    expect(html(`\`\`\`python\n${long}\`\`\``)('code').children()).toHaveLength(0);
  });

  it('resolve relative links, and leave others alone', () => {
    const resolveLink = (href: string) => (href.startsWith('known') ? `/docs/p/${href}` : undefined);
    const $ = html('[a](known#x) [b](unknown) [c](/abs) [d](https://e.example/) [e](#frag) [f](mailto:a@b.c) [g](known%20x)', {
      resolveLink,
    });
    expect(
      $('a')
        .map((_, a) => $(a).attr('href'))
        .get(),
    ).toEqual(['/docs/p/known#x', 'unknown', '/abs', 'https://e.example/', '#frag', 'mailto:a@b.c', '/docs/p/known x']);
    expect($('a[rel="noreferrer"]')).toHaveLength(1);
  });

  it('keep harmless HTML', () => {
    const $ = html('Press <kbd>Enter</kbd><br>\n\n<details><summary>More</summary>\n\n**Bold** inside\n\n</details>');
    expect($('kbd').text()).toBe('Enter');
    expect($('details summary').text()).toBe('More');
    expect($('details strong').text()).toBe('Bold');
  });

  it('treat links and images of HTML as their own', () => {
    const resolveLink = (href: string) => `/docs/${href}`;
    const $ = html('<a href="https://e.example" rel="opener" target="_blank">x</a> <a href="other">y</a> <img src="p.png">', {
      resolveLink,
    });
    expect($('a').first().attr()).toEqual({ href: 'https://e.example', rel: 'noreferrer' });
    expect($('a').last().attr('href')).toBe('/docs/other');
    expect($('img').attr()).toEqual({ src: 'p.png', loading: 'lazy' });
  });

  it('drop the ids of HTML, which could take the place of ours, and keep our own', () => {
    const $ = html('# Title\n\n<p id="title">x</p><a name="title">y</a>');
    expect(
      $('[id]')
        .map((_, e) => e.tagName)
        .get(),
    ).toEqual(['h1']);
    expect($('[name]')).toHaveLength(0);
    expect($('a.heading-anchor').attr('href')).toBe('#title');
  });

  it('give their words alone', () => {
    expect(renderMarkdown('# Title\n\nSome *words* and `code`.\n\n```js\nrun()\n```').text).toBe(
      'Title\nSome words and code.\nrun()\n',
    );
    expect(renderMarkdown('<p>In <b>HTML</b></p>\n\n<!-- not shown -->\n\n<script>\nnor()\n</script>\n\na<br>b').text).toBe(
      'In HTML\na b',
    );
  });
});

const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href=" &#106;avascript:alert(1)">x</a>',
  '<a href="vbscript:x">x</a><a href="data:text/html,<script>1</script>">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](spec:/operations/x)',
  '<a href="spec:/operations/x">x</a>',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](x "onerror=alert(1)")',
  '![" onerror="alert(1)](x)',
  '[x](x "\\" onmouseover=\\"alert(1)")',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<form action="https://evil.example"><input name=x><button>go</button></form>',
  '<p style="background:url(javascript:1)">x</p><style>*{display:none}</style>',
  '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example"><link rel=stylesheet href=//evil.example>',
  '<object data="x"></object><embed src="x"><template><script>1</script></template>',
  '```"><script>alert(1)</script>\nx\n```',
  '# <img src=x onerror=alert(1)>',
  '[^"><script>]\n\n[^"><script>]: x',
  '<a href="&#x6A;&#x61;vascript&colon;alert(1)">x</a><a href="\\x01javascript:alert(1)">x</a><a href="java&Tab;script:alert(1)">x</a>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><annotation-xml encoding="text/html"><style><a title="</style><img src=x onerror=alert(1)>"></annotation-xml></math>',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<xmp><p title="</xmp><svg/onload=alert(1)>"></xmp><title><a title="</title><script>alert(1)</script>"></title>',
  '<!--><script>alert(1)</script>--> <![CDATA[><script>alert(1)</script>]]> <?x ><script>alert(1)</script>?>',
  '<p title="&lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&quot;alert(1)">x</p>',
  '<div title="\n\n```js\n" onclick="alert(1)\n```\n">x</div>',
  '<img src="data:image/svg+xml;base64,PHN2Zz4="><img src="data:text/html,x"><img srcset="https://evil.example 1x" src=//evil.example/x.png>',
  '<video src=x onerror=alert(1)><audio src=x><source src=x><track src=x></video><marquee onstart=alert(1)>x</marquee>',
  '<details open ontoggle=alert(1)><summary onfocus=alert(1) tabindex=1 autofocus>x</summary></details>',
  '<input type=checkbox disabled onclick=alert(1) formaction="javascript:alert(1)"><input type=image src=x onerror=alert(1)>',
  '<a href="https://a.example" ping="https://evil.example" download style=x onmouseover=alert(1)>x</a>',
  '[x](<java\nscript:alert(1)>) [x](\u0001javascript:alert(1)) [x](javascript&colon;alert(1)) [x]( javascript:alert(1))',
  '[x]: javascript:alert(1)\n\n[x] ![x]',
  '<vbscript:alert(1)> <data:text/html,x> <file:///etc/passwd> <spec:x>',
  '| <img src=x onerror=alert(1)> | `<script>` |\n|---|---|\n| </table></div><script>alert(1)</script> | [x](javascript:1) |',
  'x[^1]\n\n[^1]: <img src=x onerror=alert(1)> [x](javascript:alert(1))',
  'x^[<script>alert(1)</script> [x](javascript:alert(1))]',
  '```js" onmouseover="alert(1)\nx\n```\n\n~~~<script>alert(1)</script>\nx\n~~~',
  '> [!NOTE"><script>alert(1)</script>]\n> x',
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them
const BLANKS = /[\u0000-\u0020]/g;

const dangers = (text: string): string[] => {
  const $ = load(text, null, false);
  const found: string[] = [];
  $('script,style,iframe,object,embed,form,svg,math,base,meta,link,template,button,textarea').each(
    (_, e) => void found.push(e.tagName),
  );
  $('input').each((_, e) => void ($(e).attr('type') === 'checkbox' || found.push('input')));
  $('*').each((_, element) => {
    for (const [name, value] of Object.entries('attribs' in element ? element.attribs : {})) {
      if (/^on|^style$|^srcdoc$|^formaction$/i.test(name)) found.push(name);
      if (
        /^(href|src|xlink:href)$/.test(name) &&
        /^(?!https?:|mailto:|tel:|data:image\/)[a-z][a-z0-9+.-]*:/i.test(value.replace(BLANKS, ''))
      )
        found.push(`${name}=${value}`);
    }
  });
  return found;
};

describe('hostile text', () => {
  it.each(PAYLOADS)('is harmless in a document: %s', (payload) => {
    expect(dangers(renderMarkdown(payload).html)).toEqual([]);
    expect(dangers(renderMarkdown(`text ${payload} text <b>html</b>`).html)).toEqual([]);
  });

  it.each(PAYLOADS)('is harmless in a description: %s', (payload) => {
    expect(dangers(renderDescription(payload))).toEqual([]);
    expect(dangers(renderDescription(`text ${payload} <b>html</b>`))).toEqual([]);
  });

  it.each([
    '</div></div></main><footer>x</footer>',
    '</article></body></html><h1>x</h1>',
    '| a |\n|---|\n| </td></tr></table></div></main> |',
    '<table><tr><td></main><b><i><a href=x><p></div></main>',
    '<select><option></select></main><plaintext>',
    '<!-- </main>',
    '<div title="\n\n    code\n',
  ])('stays within the element it is printed in: %s', (payload) => {
    for (const printed of [renderMarkdown(`${payload}\n\n\`\`\`js\n1\n\`\`\``).html, renderDescription(payload)]) {
      const $ = load(`<main>${printed}</main><footer id="after">after</footer>`);
      expect(
        $('body')
          .children()
          .map((_, e) => e.tagName)
          .get(),
      ).toEqual(['main', 'footer']);
      expect($('#after').text()).toBe('after');
    }
  });

  it('cannot pass for what the page itself prints', () => {
    const $ = html('<div class="code-copy site-header" role="alert" tabindex="5" name="x" data-copy="x" hidden>x</div>');
    expect($('div').attr()).toEqual({});
  });

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['quotes', '>'.repeat(10_000)],
    ['nested lists', Array.from({ length: 300 }, (_, n) => `${'  '.repeat(n)}- x`).join('\n')],
    ['emphasis', '*a '.repeat(20_000)],
    ['backticks', Array.from({ length: 300 }, (_, n) => '`'.repeat(n)).join(' x ')],
    ['links', '[a]('.repeat(20_000)],
    ['a long line', 'word '.repeat(40_000)],
    ['html', '<b>'.repeat(5_000)],
    ['equal headings', '# a\n'.repeat(25_000)],
    ['emoticons', 'http://'.repeat(14_000)],
    ['footnotes in footnotes', '^['.repeat(50_000)],
    ['images', '!['.repeat(50_000)],
    ['tables', `|a|\n|-|\n${'|1|\n'.repeat(25_000)}`],
    ['unclosed comments', `a ${'<!--'.repeat(25_000)}`],
    ['code of dotted keys', `\`\`\`toml\n${'a.'.repeat(24_000)}\n\`\`\``],
    ['code in one line', `\`\`\`json\n${'[{"a":'.repeat(8_000)}\n\`\`\``],
  ])('ends: %s', (_name, source) => {
    expect(renderMarkdown(source).html.length).toBeGreaterThan(0);
    expect(renderDescription(source).length).toBeGreaterThan(0);
    expect(markdownToAst(source).length).toBeGreaterThan(0);
    expect(plainText(source, 200).length).toBeLessThanOrEqual(200);
  });
});

describe('code', () => {
  it.each([
    'sh',
    'shell',
    'console',
    'yml',
    'js',
    'ts',
    'py',
    'cs',
    'rb',
    'rs',
    'html',
    'toml',
    'docker',
    'kt',
    'swift',
    'graphql',
    'php',
    'sql',
    'css',
    'diff',
  ])('is highlighted as %s, its text unchanged', (language) => {
    const code = '$ <b class="x"> & // \'x\' = 1;\n# + {a: "b"}\n';
    const $ = load(`<pre>${highlightCode(code, language)}</pre>`, null, false);
    expect($('pre').text()).toBe(code);
    expect($('pre *').not('span')).toHaveLength(0);
    expect(highlightCode(code, language)).not.toBe(highlightCode(code, undefined));
  });

  it.each([undefined, '', 'klingon', 'constructor', '__proto__'])('is only escaped without a known language: %s', (language) => {
    expect(highlightCode('<b>"&"</b>', language)).toBe('&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;');
  });
});

describe('descriptions', () => {
  it('are short of headings of their own', () => {
    const $ = load(renderDescription('# Big\n\n###### Small'), null, false);
    expect($('h4').text()).toBe('Big');
    expect($('h6').text()).toBe('Small');
    expect($('[id]')).toHaveLength(0);
  });

  it('are the same with and without the short cut', () => {
    expect(renderDescription('A plain user_id, it\'s "short".\n')).toBe('<p>A plain user_id, it&#39;s &quot;short&quot;.</p>');
    expect(renderDescription(' An *indented* one.')).toBe('<p>An <em>indented</em> one.</p>\n');
    expect(renderDescription('an _emphasised_ word')).toContain('<em>');
    expect(renderDescription('- a list')).toContain('<li>');
    expect(renderDescription('1. a list')).toContain('<ol>');
    expect(renderDescription('see https://a.example')).toContain('href="https://a.example"');
    expect(renderDescription('')).toBe('');
  });

  it('become plain text, cut at a word', () => {
    expect(plainText('**Bold** and [a link](x), `code`\n\nsecond')).toBe('Bold and a link, code second');
    expect(plainText('one two three', 9)).toBe('one two…');
    expect(plainText('a'.repeat(20), 5)).toBe('aaaa…');
  });
});

describe('content', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it('is decoded when it is base64 of text', () => {
    expect(decodeContent(base64('# Title\n\nÜber'))).toBe('# Title\n\nÜber');
    expect(decodeContent(`${base64('# Title')}\n`)).toBe('# Title');
  });

  it.each([
    'docs',
    'test',
    'Test',
    'CSRF',
    '1593',
    'abcdefgh',
    'docs/api',
    'IyBUaXRsZR==',
    'IyBUaXRsZQ',
    '/v8=',
    'Hello, world',
    '# Title',
    'aGk',
    'AAAA',
    '////',
    '',
  ])('is left alone when it is Markdown: %s', (text) => {
    expect(decodeContent(text)).toBe(text);
  });
});
