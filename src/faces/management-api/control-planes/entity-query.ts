import type { Request } from 'express';
import { invalid } from '../../../domain/errors.ts';
import type { EntityQuery } from '../../../domain/gateways/index.ts';
import { asId } from '../../../domain/ids.ts';
import { queryText } from '../../../http/input.ts';

const DEFAULT_SIZE = 100;
const MAX_SIZE = 1000;
const MAX_TAGS = 100;

/**
 * What a list of entities is asked for: `size` (1 to 1000), `offset` (from the answer before), `tags` (`a,b`: both; `a/b`: either).
 * @throws invalid for anything else
 */
export const readEntityQuery = (req: Request): EntityQuery => ({
  size: readSize(queryText(req, 'size')),
  after: readOffset(queryText(req, 'offset')),
  tags: readTags(queryText(req, 'tags')),
});

const readSize = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_SIZE;
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= MAX_SIZE) return size;
  throw invalid({ field: 'size', rule: 'is_integer', reason: `size must be an integer from 1 to ${MAX_SIZE}`, source: 'query' });
};

const readOffset = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const id = asId<never>(Buffer.from(text, 'base64url').toString());
  if (id !== undefined) return id;
  throw invalid({ field: 'offset', rule: 'invalid', reason: 'offset must be the one of an earlier answer', source: 'query' });
};

const readTags = (text: string | undefined): EntityQuery['tags'] => {
  if (text === undefined || text === '') return undefined;
  const all = !text.includes('/');
  const names = text.split(all ? ',' : '/');
  if (names.length > MAX_TAGS) {
    const reason = `tags must not hold more than ${MAX_TAGS} names`;
    throw invalid({ field: 'tags', rule: 'max_items', maximum: MAX_TAGS, reason, source: 'query' });
  }
  if (names.every((name) => name !== '' && !name.includes('\0')) && (all || !text.includes(','))) return { all, names };
  throw invalid({
    field: 'tags',
    rule: 'invalid',
    reason: 'tags must be names divided by commas (all of them) or by slashes (any of them), not by both',
    source: 'query',
  });
};
