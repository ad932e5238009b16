import { type Issue, invalid } from '../../errors.ts';
import type { Document, DocumentSummary } from './document.ts';
import { depthOf, heightOf, isWithin, MAX_DEPTH } from './document-tree.ts';

const SLUG = /^[\w-]+$/;
const SLUG_LENGTH = 80;
const TITLE_LENGTH = 1_000;
/** What a page can be rendered from in reasonable time, in UTF-16 units. */
export const CONTENT_LENGTH = 1_000_000;

/** The parent must be a document of the product, not below the document itself, and not too deep. @throws invalid */
export const checkParent = (all: readonly DocumentSummary[], { id, parentId }: Pick<Document, 'id' | 'parentId'>): void => {
  if (parentId === null) return;
  const field = 'parent_document_id';
  if (!all.some((other) => other.id === parentId))
    throw invalid({ field, rule: 'missing_reference', reason: `the API product has no document ${parentId}` });
  if (isWithin(all, parentId, id))
    throw invalid({ field, rule: 'invalid', reason: 'a document cannot be placed below itself or below a document under it' });
  if (depthOf(all, parentId) + heightOf(all, id) > MAX_DEPTH)
    throw invalid({ field, rule: 'invalid', reason: `documents cannot be nested deeper than ${MAX_DEPTH} levels` });
};

/** @throws invalid with everything that is wrong with the fields of a document */
export const checkDocument = ({ slug, title, content }: Pick<Document, 'slug' | 'title' | 'content'>): void => {
  const [first, ...rest] = [...slugIssues(slug), ...titleIssues(title), ...contentIssues(content)];
  if (first) throw invalid(first, ...rest);
};

/** What PostgreSQL stores in no text. */
const UNKEPT = /\0|\p{Surrogate}/u;

const unkept = (field: string): Issue => ({
  ...{ field, rule: 'invalid' },
  reason: `${field} must not contain the character NUL or half of a surrogate pair`,
});

const slugIssues = (slug: string): Issue[] => {
  const field = 'slug';
  if (!SLUG.test(slug)) return [{ field, rule: 'matches_regex', reason: `slug must match the regular expression ${SLUG}` }];
  if (slug.length > SLUG_LENGTH)
    return [
      { field, rule: 'max_length', maximum: SLUG_LENGTH, reason: `slug must not be longer than ${SLUG_LENGTH} characters` },
    ];
  return [];
};

const titleIssues = (title: string): Issue[] => {
  const field = 'title';
  if (UNKEPT.test(title)) return [unkept(field)];
  if (title === '') return [{ field, rule: 'min_length', minimum: 1, reason: 'title must not be empty' }];
  if ([...title].length > TITLE_LENGTH)
    return [
      { field, rule: 'max_length', maximum: TITLE_LENGTH, reason: `title must not be longer than ${TITLE_LENGTH} characters` },
    ];
  return [];
};

const contentIssues = (content: string): Issue[] => {
  const field = 'content';
  if (content.length > CONTENT_LENGTH)
    return [
      {
        field,
        rule: 'max_length',
        maximum: CONTENT_LENGTH,
        reason: `content must not be longer than ${CONTENT_LENGTH} characters`,
      },
    ];
  return UNKEPT.test(content) ? [unkept(field)] : [];
};
