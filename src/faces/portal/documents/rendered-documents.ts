import type { RenderedDocument } from '../../../rendering/markdown/index.ts';
import { MARKDOWN_RENDERER_VERSION } from '../../../rendering/markdown/version.ts';

/** Renders a document; its relative links lead below `base`. */
export type RenderDocument = (source: string, base: string) => Promise<RenderedDocument>;

/** A text to be rendered, and the hash that names it. */
export interface DocumentSource {
  readonly content: string;
  readonly contentHash: string;
}

/** Renders a document once, however often it is asked for. */
export type RememberedRenderer = (source: DocumentSource, base: string) => Promise<RenderedDocument>;

/**
 * Remembers rendered documents by what they are made of: the text, the version of the renderer, and where its links lead. Whoever asks
 * for one that is being rendered waits for that. Those not asked for longest go first when `maxCharacters` are reached.
 */
export const rememberRendered = (render: RenderDocument, maxCharacters = 16_000_000): RememberedRenderer => {
  const remembered = new Map<string, { size: number; rendered: Promise<RenderedDocument> }>();
  let size = 0;

  const forget = (key: string): void => {
    size -= remembered.get(key)?.size ?? 0;
    remembered.delete(key);
  };

  const keep = (key: string, rendered: Promise<RenderedDocument>): void => {
    const entry = { size: key.length, rendered };
    remembered.set(key, entry);
    size += entry.size;
    rendered.then(
      ({ html }) => {
        if (remembered.get(key) !== entry) return;
        entry.size += html.length;
        size += html.length;
        for (const oldest of remembered.keys()) {
          if (size <= maxCharacters) break;
          forget(oldest);
        }
      },
      () => {
        if (remembered.get(key) === entry) forget(key);
      },
    );
  };

  return ({ content, contentHash }, base) => {
    const key = `${MARKDOWN_RENDERER_VERSION} ${contentHash} ${base}`;
    const known = remembered.get(key);
    if (known) {
      remembered.delete(key);
      remembered.set(key, known);
      return known.rendered;
    }
    const rendered = render(content, base);
    keep(key, rendered);
    return rendered;
  };
};
