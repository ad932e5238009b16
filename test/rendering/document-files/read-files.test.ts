import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { imageHash } from '../../../src/lib/image-names.ts';
import { documentFile, filesOfTree, readDocumentFiles } from '../../../src/rendering/document-files/index.ts';
import { png } from '../../support/images.ts';

const LIMITS = { maxFiles: 50, maxBytes: 1_000_000 };

const files = (given: Readonly<Record<string, string | Uint8Array>>) =>
  Object.entries(given).map(([path, content]) => ({ path, bytes: typeof content === 'string' ? strToU8(content) : content }));

const read = (given: Readonly<Record<string, string | Uint8Array>>) => readDocumentFiles(files(given), LIMITS);

const zip = (given: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(files(given).map(({ path, bytes }) => [path, bytes])));

/** `slug < parent: title`, in order. */
const outline = ({ documents }: ReturnType<typeof read>): string[] =>
  documents.map(({ slug, parent, title }) => `${slug}${parent === undefined ? '' : ` < ${parent}`}: ${title}`);

describe('documents read from files', () => {
  it('are called after what they say of themselves, their heading, or their file', () => {
    const result = read({
      'a.md': '---\ntitle: Front\nslug: front-page\nstatus: unpublished\n---\n\n# Heading\n',
      'b_c.markdown': '# A heading #\ntext',
      'd.md': 'text',
      'e.md': '---\nnot: [closed\n---\ntext',
    });
    expect(outline(result)).toEqual(['front-page: Front', 'b_c: A heading', 'd: D', 'e: E']);
    expect(result.documents[0]).toMatchObject({ status: 'unpublished', content: '# Heading\n' });
    expect(result.documents[3]?.content).toContain('not: [closed');
  });

  it('become a tree of their folders, in the order of their numbers; an index is the page of its folder', () => {
    const result = read({
      'site/10-last.md': 'x',
      'site/2-second.md': 'x',
      'site/README.md': '# Welcome',
      'site/3-guides/index.md': '# Guides',
      'site/3-guides/a.md': 'x',
      'site/4-more/deep/a.md': 'x',
    });
    expect(outline(result)).toEqual([
      'readme: Welcome',
      'second: Second',
      'guides: Guides',
      'a < 3-guides/index.md: A',
      'more: More',
      'deep < 4-more: Deep',
      'a-2 < 4-more/deep: A',
      'last: Last',
    ]);
    expect(result.documents[4]?.content).toBeUndefined();
  });

  it('keep their links among each other and their pictures', () => {
    const picture = png();
    const address = `images/${imageHash(picture)}.png`;
    const result = read({
      'guides/a.md':
        '![Sea](../img/the%20sea.png "Title") [b](../b.md#x) ![](<../img/the sea.png>) [c](https://c.example/d.md)\n' +
        '```md\n![Sea](../img/the%20sea.png)\n```\n[ref]: ../b.md\n<img src="/img/the sea.png"> <img src="../img/the sea.png">',
      'b.md': '[folder](guides/) [gone](gone.md) [up](../../etc/passwd)',
      'img/the sea.png': picture,
      'img/unused.png': png(1, 1, 9),
      'img/fake.png': 'no picture',
      'notes.txt': 'x',
      '.DS_Store': 'x',
      '__MACOSX/a.md': 'x',
    });
    const contentOf = (slug: string) => result.documents.find((document) => document.slug === slug)?.content;
    expect(contentOf('a')).toBe(
      `![Sea](${address} "Title") [b](b#x) ![](${address}) [c](https://c.example/d.md)\n` +
        `\`\`\`md\n![Sea](../img/the%20sea.png)\n\`\`\`\n[ref]: b\n<img src="/img/the sea.png"> <img src="${address}">`,
    );
    expect(contentOf('b')).toBe('[folder](guides) [gone](gone.md) [up](../../etc/passwd)');
    expect(result.images).toMatchObject([{ name: 'the sea.png' }]);
    expect(Object.fromEntries(result.skipped.map(({ path, reason }) => [path, reason]))).toEqual({
      'img/unused.png': 'is shown by no document',
      'img/fake.png': 'is no PNG, JPEG, GIF or WebP image',
      'notes.txt': 'is neither Markdown nor an image',
    });
  });

  it('come out of archives', () => {
    expect(outline(read({ 'docs.zip': zip({ 'docs/a.md': '# A', 'docs/b/c.md': 'x' }) }))).toEqual(['a: A', 'b: B', 'c < b: C']);
  });

  it('are refused where an archive is too large, too full, damaged, or leads elsewhere', () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`${n}.md`, 'x']));
    expect(() => read({ 'a.zip': zip({ 'a.md': new Uint8Array(2_000_000) }) })).toThrow('larger than 1 MB once it is unpacked');
    expect(() => read({ 'a.zip': zip(many) })).toThrow('more than 50 files');
    expect(() => read(many)).toThrow('more than 50 files');
    expect(() => read({ 'a.zip': zip({ '../a.md': 'x' }) })).toThrow('leads out of the folder');
    expect(() => read({ 'a.zip': zip({ 'C:\\a.md': 'x' }) })).toThrow('leads out of the folder');
    expect(() => read({ '/etc/a.md': 'x' })).toThrow('leads out of the folder');
    expect(() => read({ 'a.zip': 'no archive' })).toThrow('no zip archive');
    expect(() => read({ 'a.zip': zip({ 'a.md': 'x' }).slice(0, 40) })).toThrow('cannot be unpacked');
  });

  it('never unpack more than an archive says of itself', () => {
    const lying = zip({ 'a.md': strToU8('x'.repeat(500_000)) });
    const view = new DataView(lying.buffer, lying.byteOffset, lying.byteLength);
    const directory = lying.length - 22 - 50; // one entry of 46 bytes and a name of four, and the end of the directory
    view.setUint32(directory + 24, 10, true);
    const unpacked = read({ 'a.zip': lying }).documents[0]?.content ?? '';
    expect(unpacked.length).toBeLessThanOrEqual(10);
  });

  it('are what was written to files', () => {
    const document = (slug: string, children: readonly object[] = []) => ({
      ...{ slug, title: `About: ${slug} #1`, status: 'unpublished', content: `# ${slug}\n\n---\n`, children },
    });
    const tree = [document('z', [document('b'), document('a')]), document('y')] as Parameters<typeof filesOfTree>[0];
    const written = filesOfTree(tree as never) as { path: string; order: number; document: never }[];
    expect(written.map(({ path }) => path)).toEqual(['z/index.md', 'z/b.md', 'z/a.md', 'y.md']);
    const archive = zip(Object.fromEntries(written.map(({ path, order, document }) => [path, documentFile(document, order)])));
    expect(Object.keys(unzipSync(archive))).toHaveLength(4);
    const again = read({ 'a.zip': archive });
    expect(again.documents.map(({ slug }) => slug)).toEqual(['z', 'b', 'a', 'y']);
    expect(again.documents[1]).toMatchObject({ title: 'About: b #1', status: 'unpublished', content: '# b\n\n---\n' });
  });
});
