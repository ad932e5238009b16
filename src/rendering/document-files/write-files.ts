import { withFrontMatter } from './front-matter.ts';

/** A document as it is written to a file. */
interface WrittenDocument {
  readonly title: string;
  readonly slug: string;
  readonly status: 'published' | 'unpublished';
  readonly content: string;
}

/** A document as a Markdown file, with what it says of itself at its beginning; reading it gives the same document. */
export const documentFile = ({ title, slug, status, content }: WrittenDocument, order?: number): string =>
  withFrontMatter({ title, slug, status, ...(order === undefined ? {} : { order }) }, content);

interface Branch<T> {
  readonly document: T;
  readonly path: string;
  /** among its siblings, from 1 */
  readonly order: number;
}

type Nested<T> = T & { readonly slug: string; readonly children: readonly Nested<T>[] };

/** The files of a tree of documents: one with others below it is the index of their folder. */
export const filesOfTree = <T>(branches: readonly Nested<T>[], folder = ''): Branch<Nested<T>>[] =>
  branches.flatMap((document, index) => {
    const own = `${folder}${document.slug}`;
    const isFolder = document.children.length > 0;
    return [
      { document, path: isFolder ? `${own}/index.md` : `${own}.md`, order: index + 1 },
      ...filesOfTree(document.children, `${own}/`),
    ];
  });
