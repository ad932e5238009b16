import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.ts';
import { presentPage, readLabelConditions, readListQuery } from '../../src/http/listing.ts';

const listing = {
  filters: { name: 'string', id: 'uuid', is_public: 'boolean', created_at: 'datetime', status: 'choice' },
  sort: ['name', 'created_at'],
} as const;

const request = (query: string) => ({ originalUrl: `/x?${query}` }) as Request;
const read = (query: string) => readListQuery(request(query), listing);
const issues = (query: string) => {
  try {
    read(query);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.issues.map(({ field, rule }) => `${field} ${rule}`);
  }
};
const ID = 'd32d905a-ed33-46a3-a093-d8f536af9a8a';

describe('a list query', () => {
  it('is a first page of ten without anything', () => {
    expect(read('')).toEqual({ filters: [], sort: [], page: { number: 1, size: 10 } });
    expect(read('page[size]=&page[number]=')).toEqual({ filters: [], sort: [], page: { number: 1, size: 10 } });
  });

  it('knows the operators of each kind of field', () => {
    expect(read('filter[name]=a').filters).toEqual([{ field: 'name', op: 'eq', value: 'a' }]);
    expect(read('filter[name][contains]=a').filters).toEqual([{ field: 'name', op: 'contains', value: 'a' }]);
    expect(read('filter[name][ocontains]=a, b').filters).toEqual([{ field: 'name', op: 'ocontains', values: ['a', 'b'] }]);
    expect(read(`filter[id][oeq]=${ID},${ID}`).filters).toEqual([{ field: 'id', op: 'oeq', values: [ID, ID] }]);
    expect(read('filter[is_public]=true').filters).toEqual([{ field: 'is_public', op: 'is', value: true }]);
    expect(read('filter[created_at][gte]=2026-01-31T10:30:00%2B01:00').filters).toEqual([
      { field: 'created_at', op: 'gte', value: '2026-01-31T09:30:00.000Z' },
    ]);
  });

  it('sorts by several fields', () => {
    expect(read('sort=name desc,created_at').sort).toEqual([
      { field: 'name', direction: 'desc' },
      { field: 'created_at', direction: 'asc' },
    ]);
  });

  it('has pages of a hundred at most', () => {
    expect(read('page[size]=1000&page[number]=3').page).toEqual({ number: 3, size: 100 });
  });

  it.each([
    ['filter[colour]=red', 'filter[colour] unknown_property'],
    ['filter[constructor]=x', 'filter[constructor] unknown_property'],
    ['filter=x', 'filter unknown_property'],
    ['filter[name][like]=x', 'filter[name][like] enum'],
    ['filter[id]=x', 'filter[id] is_uuid'],
    ['filter[is_public]=yes', 'filter[is_public] is_boolean'],
    ['filter[created_at]=yesterday', 'filter[created_at] is_date_time'],
    ['filter[name]=%00', 'filter[name] invalid'],
    ['sort=colour', 'sort enum'],
    ['sort=name sideways', 'sort enum'],
    ['page[size]=x', 'page[size] is_integer'],
    ['page[size]=0', 'page[size] min'],
    ['page[number]=-1', 'page[number] min'],
    ['page[number]=1.5', 'page[number] is_integer'],
    ['page[number]=1&page[number]=2', 'page[number] is_integer'],
  ])('refuses %s', (query, issue) => {
    expect(issues(query)).toEqual([issue]);
  });

  it('says everything that is wrong at once', () => {
    expect(issues('filter[x]=1&sort=y&page[size]=z')).toEqual([
      'filter[x] unknown_property',
      'sort enum',
      'page[size] is_integer',
    ]);
  });
});

describe('labels in a query', () => {
  it('ask for a key, or for a key with a value', () => {
    expect(readLabelConditions(request('labels=env:test,team'), 'labels')).toEqual([
      { key: 'env', value: 'test' },
      { key: 'team', value: undefined },
    ]);
    expect(readLabelConditions(request('labels='), 'labels')).toEqual([]);
  });
});

describe('a page', () => {
  it('says where it is', () => {
    expect(presentPage({ items: [1, 2], total: 12, page: { number: 2, size: 2 } }, String)).toEqual({
      meta: { page: { number: 2, size: 2, total: 12 } },
      data: ['1', '2'],
    });
  });
});
