import { PAGE_IDS } from './document.ts';
import { createHeadingIds } from './ids.ts';
import { createDocumentParser, type DocumentEnvironment } from './parser.ts';
import { type Token, textOfBlocks, withoutByteOrderMark } from './tokens.ts';

/** A part of a document from one heading to the next, whatever their levels. */
export interface DocumentSection {
  /** The id of its heading on the document's page; empty for what stands before the first one. */
  readonly id: string;
  readonly title: string;
  /** The headings that it stands under, the highest first. */
  readonly above: readonly string[];
  /** Its words alone. */
  readonly text: string;
}

const parser = createDocumentParser();

/** The sections of a document, with the ids that `renderDocument` gives their headings. Those without any words are left out. */
export const readSections = (source: string): DocumentSection[] => {
  const env: DocumentEnvironment = {
    ...{ resolveLink: undefined, resolveImage: undefined, idPrefix: '', heldBack: undefined },
    headingIds: createHeadingIds(PAGE_IDS),
    outline: [],
  };
  const tokens = parser.parse(withoutByteOrderMark(source), env);
  const headings = [...env.outline];
  const above: { level: number; text: string }[] = [];
  const sections: DocumentSection[] = [];
  let current: Omit<DocumentSection, 'text'> = { id: '', title: '', above: [] };
  let body: Token[] = [];
  const finish = (): void => {
    const text = textOfBlocks(body, '\n');
    if (current.id !== '' || text !== '') sections.push({ ...current, text });
    body = [];
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) continue;
    const heading = token.type === 'heading_open' && token.attrGet('id') !== null ? headings.shift() : undefined;
    if (!heading) {
      body.push(token);
      continue;
    }
    finish();
    while ((above.at(-1)?.level ?? 0) >= heading.level) above.pop();
    current = { id: heading.id, title: heading.text, above: above.map(({ text }) => text) };
    above.push(heading);
    at++; // its words are its title
  }
  finish();
  return sections;
};
