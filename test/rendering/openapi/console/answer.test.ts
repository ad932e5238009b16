import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { printAnswer } from '../../../../src/rendering/openapi/console/answer.ts';
import { indentJson } from '../../../../src/rendering/openapi/console/indent-json.ts';

const answer = (body: string | Uint8Array, type?: string, more: Record<string, string> = {}, status = 200) =>
  load(
    printAnswer({
      status,
      headers: Object.entries({ ...(type === undefined ? {} : { 'Content-Type': type }), ...more }),
      body: typeof body === 'string' ? Buffer.from(body) : body,
      milliseconds: 12.4,
    }).value,
  );

describe('JSON', () => {
  it.each([
    ['{"a":[1,2],"b":{},"c":[],"d":"x, {y}"}', '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {},\n  "c": [],\n  "d": "x, {y}"\n}'],
    ['[12345678901234567890, 1.10]', '[\n  12345678901234567890,\n  1.10\n]'],
    ['"a\\"b"', '"a\\"b"'],
    ['null', 'null'],
    ['[{}, [ ], {"a" : {}}]', '[\n  {},\n  [],\n  {\n    "a": {}\n  }\n]'],
    ['{"\\\\": "\\"", "b": ""}', '{\n  "\\\\": "\\"",\n  "b": ""\n}'],
    ['{no', undefined],
    [`${'['.repeat(101)}${']'.repeat(101)}`, undefined],
  ])('%s is laid out without a change of its values', (text, expected) => {
    expect(indentJson(text, 100_000)).toBe(expected);
  });

  it('is laid out no further than it is shown', () => {
    expect(indentJson(JSON.stringify(Array.from({ length: 100_000 }, (_, n) => n)), 500)?.length).toBeLessThan(520);
  });
});

describe('an answer', () => {
  it.each(['x', '\\"'])('shows the beginning of JSON with a text of megabytes: %j', (part) => {
    const $ = answer(`{"a":"${part.repeat(4_500_000)}"}`, 'application/json');
    expect($('code').text().slice(0, 12)).toBe(`{\n  "a": "${part.repeat(12)}`.slice(0, 12));
    expect($('.sample-note').text()).toBe('Shortened: the first 100000 characters.');
  });

  it('shows status, time, size, headers and body', () => {
    const $ = answer('{"a":"<b>"}', 'application/problem+json', { 'X-Rate': '9' }, 404);
    expect($('.status-warning').text()).toBe('404');
    expect($('.console-facts').text()).toContain('12 ms');
    expect($('.console-facts').text()).toContain('11 bytes');
    expect($('pre code').text()).toBe('{\n  "a": "<b>"\n}');
    expect($('pre code i').length).toBeGreaterThan(0);
    expect($('.console-headers').text()).toContain('X-Rate');
  });

  it.each([
    ['<a>1</a>', 'application/xml', 'language-xml'],
    ['<p>x</p>', 'text/html; charset=utf-8', 'language-xml'],
    ['a,b', 'text/csv', 'language-text'],
    ['{"a":1}', undefined, 'language-json'],
    ['plain', undefined, 'language-text'],
  ])('%s of type %s is text', (body, type, expected) => {
    expect(answer(body, type)('code').attr('class')).toContain(expected);
  });

  it('reads other charsets', () => {
    expect(answer(Buffer.from([0xe4]), 'text/plain; charset=iso-8859-1')('pre').text()).toBe('ä');
    expect(answer(Buffer.from('x'), 'text/plain; charset=klingon').root().text()).toContain('no text');
  });

  it('says what cannot be shown', () => {
    expect(
      answer(Buffer.from([0, 1]), 'image/png')
        .root()
        .text(),
    ).toContain('no text: image/png');
    expect(
      answer(Buffer.from([0, 255]))
        .root()
        .text(),
    ).toContain('no text');
    expect(answer('x', 'text/plain', { 'Content-Encoding': 'gzip' }).root().text()).toContain('compressed');
    expect(answer('').root().text()).toContain('No body.');
    expect(answer('', undefined, { Location: 'https://x.example/<' }, 302).root().text()).toContain(
      'A redirect to https://x.example/<, which is not followed.',
    );
    const long = answer('x'.repeat(150_000), 'text/plain');
    expect(long('pre').text()).toHaveLength(100_000);
    expect(long.root().text()).toContain('Shortened');
  });
});
