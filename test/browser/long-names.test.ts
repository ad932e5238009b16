import { describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.ts';
import { atEachWidth } from './at-each-width.ts';
import { setReadingStage } from './stage.ts';

/** A word of more than a hundred letters, without a place to break it. */
const long = (word: string): string => word.repeat(Math.ceil(100 / word.length));

const SCHEMA = long('Schema');
const TAG = long('Tag');
const MEDIA = `application/vnd.${long('company.')}v1+json`;
const body = { content: { [MEDIA]: { schema: { $ref: `#/components/schemas/${SCHEMA}` } }, 'text/plain': {} } };

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: long('Title'), version: long('0a1b'), description: `\`${long('code_')}\` https://example.com/${long('part/')}` },
  servers: [
    {
      url: `https://{tenant}.example.com/${long('path')}`,
      description: long('s'),
      variables: { tenant: { default: long('d'), description: long('v') } },
    },
  ],
  tags: [{ name: TAG, description: long('t') }],
  security: [{ [long('scheme')]: [long('scope:')] }],
  paths: {
    [`/${long('segment')}/{${long('id')}}`]: {
      options: {
        ...{ operationId: 'run', tags: [TAG, long('other')], summary: long('Summary'), description: long('w'), deprecated: true },
        parameters: [
          {
            name: long('id'),
            in: 'path',
            required: true,
            schema: { type: 'string', pattern: `^${long('[a-z]')}$`, example: long('z') },
          },
          {
            name: `filter[${long('attribute')}]`,
            in: 'query',
            description: long('f'),
            schema: { type: 'array', items: { enum: [long('ONE'), long('TWO')] } },
          },
          { name: long('X-Header'), in: 'header', schema: { $ref: `#/components/schemas/${SCHEMA}` } },
        ],
        requestBody: body,
        responses: {
          200: {
            description: long('answer'),
            ...body,
            links: { [long('link')]: { operationId: 'run', description: long('l') } },
          },
        },
        callbacks: {
          [long('callback')]: {
            [`{$request.body#/${long('url')}}`]: {
              post: { description: long('c'), responses: { 200: { description: long('k') } } },
            },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      [long('scheme')]: {
        type: 'oauth2',
        description: long('o'),
        flows: {
          clientCredentials: { tokenUrl: `https://example.com/${long('token')}`, scopes: { [long('scope:')]: long('s') } },
        },
      },
    },
    schemas: {
      [SCHEMA]: {
        ...{ type: 'object', title: long('Heading'), description: long('h'), required: [long('property')] },
        properties: {
          [long('property')]: { type: 'string', default: long('v'), description: long('p') },
          any: {
            oneOf: [
              { $ref: `#/components/schemas/${SCHEMA}` },
              { title: long('Inline'), type: 'object', description: long('i'), properties: { [long('inner')]: {} } },
            ],
          },
        },
      },
    },
  },
};

const AT = '/spec/long/v1';
const PAGES = {
  'the overview': AT,
  'a tag': `${AT}?tag=${TAG}`,
  'an operation': `${AT}/operations/run`,
  'its console': `${AT}/operations/run/try`,
  'the list of schemas': `${AT}/schemas`,
  'a schema': `${AT}/schemas/${SCHEMA}`,
};

describe.skipIf(CHROMIUM === undefined)('a reference of long names in a browser', () => {
  const stage = setReadingStage({
    name: 'Long',
    versions: [{ name: 'v1', specification: ['long.json', JSON.stringify(DOCUMENT)] }],
  });

  atEachWidth(
    () => ({ browser: stage().browser, url: stage().portal.app.url }),
    (reader) => {
      it.each(Object.entries(PAGES))('%s is as wide as the window', async (_name, path) => {
        expect((await reader().page.goto(path))?.status()).toBe(200);
        expect(await reader().inspect()).toEqual([]);
      });
    },
  );
});
