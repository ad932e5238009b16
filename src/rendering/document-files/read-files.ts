import { isUtf8 } from 'node:buffer';
import { firstHeading } from '../../lib/first-heading.ts';
import { imageHash, imagePath } from '../../lib/image-names.ts';
import { readImage } from '../../lib/image-type.ts';
import { slugify, uniqueSlug } from '../../lib/text.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { cleanPath, folderOf, isLitter, nameOf, resolvePath, withoutCommonFolder } from './paths.ts';
import { type ArchiveLimits, type GivenFile, readArchive, UploadRefusal } from './read-archive.ts';
import { rewriteLinks } from './rewrite-links.ts';

/** A document that an upload holds. Each comes after the one that it is below. */
export interface ReadDocument {
  /** its file, or its folder where that has no file of its own */
  readonly path: string;
  /** the path of the document that it is below */
  readonly parent: string | undefined;
  readonly title: string;
  readonly slug: string;
  readonly status?: 'published' | 'unpublished';
  /** undefined for a folder that has no text of its own */
  readonly content: string | undefined;
}

/** A picture that the documents of an upload show. */
export interface ReadImage {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an upload of documents holds. */
export interface ReadFiles {
  readonly documents: readonly ReadDocument[];
  readonly images: readonly ReadImage[];
  /** what is left out, and why */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** Files that stand for the folder that they lie in. */
const INDEX = /^(?:index|readme)\.(?:md|markdown)$/i;
const MARKDOWN = /\.(?:md|markdown)$/i;
const PICTURE = /\.(?:png|jpe?g|gif|webp)$/i;
const NUMBERED = /^\d{1,4}[-_. ]+(?=.)/;
const collator = new Intl.Collator('en', { numeric: true });

/** A page that is made of a file, of a folder, or of both. */
interface Node {
  readonly path: string;
  readonly name: string;
  readonly text: string | undefined;
  readonly front: FrontMatter;
  readonly children: Node[];
}

const unpacked = (given: readonly GivenFile[], limits: ArchiveLimits): GivenFile[] =>
  given.flatMap((file) => (/\.zip$/i.test(file.path) ? readArchive(file, limits) : [file]));

const cleaned = (files: readonly GivenFile[]): GivenFile[] => {
  const clean = files.map(({ path, bytes }) => {
    const own = cleanPath(path);
    if (own === undefined) throw new UploadRefusal(`“${path}” leads out of the folder that was uploaded`);
    return { path: own, bytes };
  });
  return withoutCommonFolder(clean.filter(({ path }) => !isLitter(path)));
};

/** The tree of pages: a folder is a page, and its index or readme is the text of that page. */
const growTree = (texts: ReadonlyMap<string, { front: FrontMatter; content: string }>): Node[] => {
  const indexOf = new Map(
    [...texts.keys()].filter((path) => folderOf(path) !== '' && INDEX.test(nameOf(path))).map((path) => [folderOf(path), path]),
  );
  const folders = new Map<string, Node>();
  const top: Node[] = [];
  const folderNode = (folder: string): Node[] => {
    if (folder === '') return top;
    const known = folders.get(folder);
    if (known) return known.children;
    const file = indexOf.get(folder);
    const text = file === undefined ? undefined : texts.get(file);
    const node: Node = {
      path: file ?? folder,
      name: nameOf(folder),
      text: text?.content,
      front: text?.front ?? {},
      children: [],
    };
    folders.set(folder, node);
    folderNode(folderOf(folder)).push(node);
    return node.children;
  };
  for (const [path, { front, content }] of texts) {
    const siblings = folderNode(folderOf(path));
    if (indexOf.get(folderOf(path)) !== path)
      siblings.push({ path, name: nameOf(path).replace(MARKDOWN, ''), text: content, front, children: [] });
  }
  return top;
};

const inOrder = (nodes: readonly Node[]): Node[] => {
  const rank = ({ front, path, name }: Node): number =>
    front.order ?? (folderOf(path) === '' && INDEX.test(`${name}.md`) ? -1 : Infinity);
  return [...nodes].sort((a, b) => (rank(a) === rank(b) ? collator.compare(a.name, b.name) : rank(a) - rank(b)));
};

const titleOf = ({ front, text, name }: Node): string => {
  const words = name.replace(NUMBERED, '').replace(/[-_]+/g, ' ').trim() || name;
  return (front.title ?? firstHeading(text ?? '') ?? words.charAt(0).toUpperCase() + words.slice(1))
    .slice(0, 1000)
    .replace(/[\uD800-\uDBFF]$/, '');
};

const slugOf = ({ front, name }: Node, taken: ReadonlySet<string>): string => {
  const wanted = front.slug ?? name.replace(NUMBERED, '');
  return uniqueSlug(slugify(wanted, 'document', 70).replace(/\./g, '-'), taken);
};

/** A node with its slug, and that of the one above it. */
interface Placed {
  readonly node: Node;
  readonly slug: string;
  readonly parent: string | undefined;
}

const place = (nodes: readonly Node[], taken: Set<string>, parent?: string): Placed[] =>
  inOrder(nodes).flatMap((node) => {
    const slug = slugOf(node, taken);
    taken.add(slug);
    return [{ node, slug, parent }, ...place(node.children, taken, node.path)];
  });

const readTexts = (files: readonly GivenFile[], skip: (path: string, reason: string) => void) => {
  const texts = new Map<string, { front: FrontMatter; content: string }>();
  for (const { path, bytes } of files.filter((file) => MARKDOWN.test(file.path))) {
    const text = isUtf8(bytes)
      ? Buffer.from(bytes)
          .toString('utf8')
          .replace(/^\ufeff/, '')
          .replace(/\r\n?/g, '\n')
      : undefined;
    if (text === undefined || text.includes('\0')) skip(path, 'is no text in UTF-8');
    else texts.set(path, readFrontMatter(text));
  }
  return texts;
};

const decoded = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/**
 * Reads documents from files: Markdown, pictures that it shows, zip archives of both. Folders become the tree; links between the files and
 * to pictures lead to what becomes of them.
 * @throws UploadRefusal for what must not be unpacked, and for names that lead out of their folder
 */
export const readDocumentFiles = (given: readonly GivenFile[], limits: ArchiveLimits): ReadFiles => {
  const skipped: { path: string; reason: string }[] = [];
  const skip = (path: string, reason: string): void => {
    skipped.push({ path, reason });
  };
  const files = cleaned(unpacked(given, limits));
  if (files.length > limits.maxFiles) throw new UploadRefusal(`These are more than ${limits.maxFiles} files`);
  const texts = readTexts(files, skip);
  const placed = place(growTree(texts), new Set());

  const pictures = new Map<string, ReadImage & { readonly address: string }>();
  for (const { path, bytes } of files.filter((file) => !MARKDOWN.test(file.path))) {
    const facts = PICTURE.test(path) ? readImage(Buffer.from(bytes)) : undefined;
    if (facts) pictures.set(path, { path, name: nameOf(path), bytes, address: imagePath({ hash: imageHash(bytes), ...facts }) });
    else skip(path, PICTURE.test(path) ? 'is no PNG, JPEG, GIF or WebP image' : 'is neither Markdown nor an image');
  }

  const slugs = new Map(placed.map(({ node, slug }) => [node.path, slug]));
  const shown = new Set<string>();
  const leadFrom =
    (folder: string) =>
    (address: string): string | undefined => {
      const [, way = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address) ?? [];
      if (way === '' || /^(?:[a-z][a-z0-9+.-]*:|[/\\])/i.test(way)) return undefined;
      for (const path of [resolvePath(folder, decoded(way)), resolvePath('', decoded(way))]) {
        if (path === undefined) continue;
        const picture = pictures.get(path);
        if (picture) {
          shown.add(path);
          return picture.address;
        }
        const slug =
          slugs.get(path) ?? slugs.get(`${path}.md`) ?? slugs.get(`${path}/index.md`) ?? slugs.get(`${path}/README.md`);
        if (slug !== undefined) return `${slug}${rest}`;
      }
      return undefined;
    };
  const documents = placed.map(({ node, slug, parent }): ReadDocument => {
    const { path, text, front } = node;
    return {
      ...{ path, parent, slug, title: titleOf(node) },
      ...(front.status === undefined ? {} : { status: front.status }),
      content: text === undefined ? undefined : rewriteLinks(text, leadFrom(folderOf(path))),
    };
  });
  for (const path of pictures.keys()) if (!shown.has(path)) skip(path, 'is shown by no document');
  const images = [...pictures.values()].filter(({ path }) => shown.has(path)).map(({ address: _address, ...image }) => image);
  return { documents, images, skipped };
};
