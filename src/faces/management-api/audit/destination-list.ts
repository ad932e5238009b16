import type { Request } from 'express';
import type { AuditDestinationList, AuditDestinationQuery } from '../../../domain/audit/index.ts';
import { type Issue, invalid } from '../../../domain/errors.ts';
import { type AuditDestinationId, asId } from '../../../domain/ids.ts';
import { queryOf, queryText } from '../../../http/input.ts';
import { readListQuery, readPage } from '../../../http/listing.ts';
import { presentDestination } from './presenters.ts';

/** This one list is read by cursor: a destination, wrapped so that nobody takes the text for more than a mark. */
const cursorOf = (id: AuditDestinationId): string => Buffer.from(id).toString('base64url');

const readCursor = (req: Request, name: 'page[after]' | 'page[before]'): AuditDestinationId | undefined => {
  const text = queryText(req, name);
  if (text === undefined || text === '') return undefined;
  const id = asId<AuditDestinationId>(Buffer.from(text, 'base64url').toString());
  if (id === undefined) throw invalid(issue(name, 'must be taken from an earlier answer'));
  return id;
};

const issue = (field: string, reason: string): Issue => ({
  field,
  rule: 'invalid',
  reason: `${field} ${reason}`,
  source: 'query',
});

/** @throws invalid naming the parameter that cannot be taken */
export const readDestinationQuery = (req: Request): AuditDestinationQuery => {
  const { filters } = readListQuery(req, { filters: { name: 'string' }, sort: [] });
  const [name, ...more] = filters.map((filter) => {
    if (filter.op === 'eq' || filter.op === 'contains') return { op: filter.op, value: filter.value };
    throw invalid(issue(`filter[name][${filter.op}]`, 'is not a filter here'));
  });
  if (more.length > 0) throw invalid(issue('filter[name]', 'must be given only once'));
  const [after, before] = [readCursor(req, 'page[after]'), readCursor(req, 'page[before]')];
  if (after !== undefined && before !== undefined) throw invalid(issue('page[before]', 'must not be given with page[after]'));
  return { name, after, before, size: readPage(queryOf(req)).size };
};

/** A page of destinations, with the addresses of its neighbours. */
export const presentDestinationPage = (req: Request, { size }: AuditDestinationQuery, list: AuditDestinationList) => {
  const { items, hasNext, hasPrevious } = list;
  const neighbour = (name: 'page[after]' | 'page[before]', id: AuditDestinationId | undefined): string | null => {
    if (id === undefined) return null;
    const query = queryOf(req);
    query.delete('page[after]');
    query.delete('page[before]');
    query.set(name, cursorOf(id));
    return `${req.baseUrl}${req.path}?${query}`;
  };
  return {
    meta: {
      next: hasNext ? neighbour('page[after]', items.at(-1)?.id) : null,
      previous: hasPrevious ? neighbour('page[before]', items[0]?.id) : null,
      size,
    },
    data: items.map(presentDestination),
  };
};
