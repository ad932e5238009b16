import { parse, stringify } from 'yaml';

/** What a file may say of itself before its text. */
export interface FrontMatter {
  readonly title?: string;
  readonly slug?: string;
  readonly status?: 'published' | 'unpublished';
  /** Place among its siblings; those without one come last, in the order of their names. */
  readonly order?: number;
}

const BLOCK = /^---[ \t]*\n([\s\S]{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;

const asRecord = (yaml: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 0 });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const textOf = (value: unknown): string | undefined =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' ? String(value).trim() : undefined;

const statusOf = ({ status, draft, published }: Record<string, unknown>): FrontMatter['status'] => {
  if (status === 'published' || status === 'unpublished') return status;
  if (draft === true || published === false) return 'unpublished';
  return published === true || draft === false ? 'published' : undefined;
};

/** Takes the front matter off a text. What is no YAML, or no mapping, belongs to the text. */
export const readFrontMatter = (source: string): { readonly front: FrontMatter; readonly content: string } => {
  const block = BLOCK.exec(source);
  const given = block ? asRecord(block[1] ?? '') : undefined;
  if (!block || !given) return { front: {}, content: source };
  const [title, slug, status] = [textOf(given['title']), textOf(given['slug']), statusOf(given)];
  const order = typeof given['order'] === 'number' ? given['order'] : undefined;
  return {
    front: {
      ...(title === undefined ? {} : { title }),
      ...(slug === undefined ? {} : { slug }),
      ...(status === undefined ? {} : { status }),
      ...(order === undefined ? {} : { order }),
    },
    content: source.slice(block[0].length).replace(/^\n+/, ''),
  };
};

/** A text with what it says of itself before it; {@link readFrontMatter} reads it back. */
export const withFrontMatter = (front: FrontMatter, content: string): string => `---\n${stringify(front)}---\n\n${content}`;
