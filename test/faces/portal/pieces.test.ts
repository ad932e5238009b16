import { describe, expect, it } from 'vitest';
import type { VisibleDocument } from '../../../src/domain/visibility/index.ts';
import { rememberRendered } from '../../../src/faces/portal/documents/rendered-documents.ts';
import { branchesOf, pathTo, readingOrder } from '../../../src/faces/portal/documents/tree.ts';
import { paths } from '../../../src/faces/portal/paths.ts';
import { withOwnLinks } from '../../../src/faces/portal/reference/links.ts';
import { pageOf } from '../../../src/faces/portal/reference/sections.ts';
import { paginate } from '../../../src/http/pagination.ts';
import { withHeadingsFrom } from '../../../src/rendering/openapi/reference/fragments.ts';

describe('the pages of a list', () => {
  const shown = (total: number, number: number): string =>
    (paginate({ total, page: { number, size: 10 } }, (page) => `?${page}`)?.items ?? [])
      .map((item) => ('gap' in item ? '…' : item.current ? `[${item.number}]` : item.number))
      .join(' ');

  it.each([
    [10, 1, ''],
    [11, 1, '[1] 2'],
    [100, 1, '[1] 2 … 10'],
    [100, 5, '1 … 4 [5] 6 … 10'],
    [100, 10, '1 … 9 [10]'],
    [30, 2, '1 [2] 3'],
  ])('are, of %i at page %i, %s', (total, number, expected) => {
    expect(shown(total, number)).toBe(expected);
  });
});

describe('addresses', () => {
  it('hold whatever names hold', () => {
    expect(paths.document('a/b', 'c?d#e')).toBe('/docs/a%2Fb/c%3Fd%23e');
    expect(paths.schema('p', 'v', '\ud800')).toBe('/spec/p/v/schemas/%EF%BF%BD');
    expect(paths.reference('p', 'v', { tag: ['a&b', 'c'], page: undefined })).toBe('/spec/p/v?tag=a%26b&tag=c');
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/a\\b', 'javascript:alert(1)', '/a b'])(
    'lead from the log-in page back into the portal only: not to %s',
    (address) => expect(paths.login(address)).toBe('/login'),
  );
});

describe('fragments of a reference', () => {
  it('get the addresses of their page', () => {
    const { value } = withOwnLinks('<a href="spec:/schemas/A">A</a> <a href="spec:?tag=b">b</a>', {
      product: 'p q',
      version: 'v',
    });
    expect(value).toBe('<a href="/spec/p%20q/v/schemas/A">A</a> <a href="/spec/p%20q/v?tag=b">b</a>');
  });

  it('get headings that follow those of the page', () => {
    expect(withHeadingsFrom(2, '<h5 id="a">x</h5><h6>y</h6>')).toBe('<h2 id="a">x</h2><h3>y</h3>');
    expect(withHeadingsFrom(3, '<p>none</p><hr>')).toBe('<p>none</p><hr>');
  });
});

describe('groups that follow each other', () => {
  it('are cut into pages together', () => {
    const operation = (address: string) => ({
      address,
      kind: 'operation' as const,
      method: 'get',
      path: '/',
      summary: undefined,
      deprecated: false,
    });
    const groups = new Map([
      ['a', ['a1', 'a2', 'a3'].map(operation)],
      ['b', ['b1', 'b2'].map(operation)],
    ]);
    const page = (number: number): string[] =>
      [...pageOf(groups, { number, size: 2 }).values()].flat().map(({ address }) => address);
    expect([page(1), page(2), page(3), page(4)]).toEqual([['a1', 'a2'], ['a3', 'b1'], ['b2'], []]);
  });
});

describe('the tree of documents', () => {
  const document = (id: string, parentId: string | null): VisibleDocument =>
    ({
      id,
      parentId,
      position: 0,
      slug: id,
      title: id,
      metadata: {},
      createdAt: '',
      updatedAt: '',
    }) as unknown as VisibleDocument;

  it('is read from the top down', () => {
    const branches = branchesOf([document('a', null), document('b', null), document('a1', 'a'), document('a11', 'a1')]);
    expect(readingOrder(branches).map(({ slug }) => slug)).toEqual(['a', 'a1', 'a11', 'b']);
    expect(pathTo(branches, 'a11' as VisibleDocument['id']).map(({ slug }) => slug)).toEqual(['a', 'a1', 'a11']);
    expect(pathTo(branches, 'none' as VisibleDocument['id'])).toEqual([]);
  });
});

describe('rendered documents', () => {
  const counting = () => {
    const calls: string[] = [];
    const render = async (content: string, base: string) => {
      calls.push(`${content} ${base}`);
      if (content === 'bad') throw new Error('cannot');
      return { html: content, outline: [], diagrams: [] };
    };
    return { calls, render };
  };
  const source = (content: string) => ({ content, contentHash: content });

  it('are made once for a text and a place, also when asked for twice at once', async () => {
    const { calls, render } = counting();
    const rendered = rememberRendered(render);
    await Promise.all([rendered(source('a'), '/x'), rendered(source('a'), '/x'), rendered(source('a'), '/y')]);
    await rendered(source('a'), '/x');
    expect(calls).toEqual(['a /x', 'a /y']);
  });

  it('are made again when the first attempt failed', async () => {
    const { calls, render } = counting();
    const rendered = rememberRendered(render);
    await expect(rendered(source('bad'), '/')).rejects.toThrow('cannot');
    await expect(rendered(source('bad'), '/')).rejects.toThrow('cannot');
    expect(calls).toHaveLength(2);
  });

  it('are forgotten, those not asked for longest first, when they are too many', async () => {
    const { calls, render } = counting();
    const rendered = rememberRendered(render, 100);
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => source(letter.repeat(20)));
    if (!a || !b || !c) throw new Error('three texts');
    await rendered(a, '');
    await rendered(b, '');
    await rendered(a, '');
    await rendered(c, '');
    await rendered(a, '');
    await rendered(b, '');
    expect(calls.map((call) => call[0])).toEqual(['a', 'b', 'c', 'b']);
  });
});
