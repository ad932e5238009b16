import { describe, it } from 'vitest';
import { expectThereAndBack, type OperationStep } from './support.ts';

const STEPS: readonly OperationStep[] = [
  [
    'an optional body',
    '{}',
    'requestBody: { content: { application/json: { schema: {} } } }',
    ['safe added | Request body: new'],
    ['risky removed | Request body: removed'],
  ],
  [
    'a required body',
    '{}',
    'requestBody: { required: true, content: { application/json: { schema: {} } } }',
    ['breaking added | Request body: new, and required'],
    ['risky removed | Request body: removed'],
  ],
  [
    'whether a body is required',
    'requestBody: { content: { application/json: {} } }',
    'requestBody: { required: true, description: x, content: { application/json: {} } }',
    ['breaking changed | Request body: now required', 'wording changed | Request body: another description'],
    ['safe changed | Request body: no longer required', 'wording changed | Request body: another description'],
  ],
  [
    'media types, in any spelling',
    'requestBody: { content: { "application/json; charset=utf-8": {} } }',
    'requestBody: { content: { "Application/JSON;charset=utf-8": {}, text/csv: {} } }',
    ['safe added | Request body: also as `text/csv`'],
    ['breaking removed | Request body: no longer as `text/csv`'],
  ],
  [
    'what all media types hold, which is told once, and what only one does',
    'requestBody: { content: { a/a: { schema: { type: string } }, b/b: { schema: { type: string } }, c/c: { schema: {} } } }',
    'requestBody: { content: { a/a: { schema: { type: [string, "null"] } }, b/b: { schema: { type: [string, "null"] } }, c/c: { schema: {} } } }',
    ['safe changed | Request body · `a/a`, `b/b`: may now be `null`'],
    ['breaking changed | Request body · `a/a`, `b/b`: can no longer be `null`'],
  ],
  [
    'the same thing in all media types',
    'responses: { "200": { description: OK, content: { a/a: { schema: { type: object, properties: { a: {} } } }, b/b: { schema: { type: object, properties: { a: {} } } } } } }',
    'responses: { "200": { description: OK, content: { a/a: { schema: { type: object } }, b/b: { schema: { type: object } } } } }',
    ['breaking removed | Response `200` · `a`: removed'],
    ['safe added | Response `200` · `a`: new'],
  ],
  [
    'how parts are written',
    'requestBody: { content: { multipart/form-data: { encoding: { file: { contentType: image/png } } } } }',
    'requestBody: { content: { multipart/form-data: { encoding: { file: { contentType: image/gif } } } } }',
    ['risky changed | Request body: its parts are written otherwise'],
    ['risky changed | Request body: its parts are written otherwise'],
  ],
  [
    'a response that says that it went well',
    'responses: { "200": { description: OK } }',
    'responses: { "200": { description: OK }, "202": { description: Later } }',
    ['risky added | Response `202`: new'],
    ['breaking removed | Response `202`: removed'],
  ],
  [
    'a response that says what went wrong',
    'responses: { "200": { description: OK } }',
    'responses: { "200": { description: Fine }, "404": { description: Gone } }',
    ['safe added | Response `404`: new', 'wording changed | Response `200`: another description'],
    ['risky removed | Response `404`: removed', 'wording changed | Response `200`: another description'],
  ],
  [
    'what a response holds',
    'responses: { "200": { description: OK, content: { application/json: {} } } }',
    'responses: { "200": { description: OK, content: { application/xml: {} } } }',
    [
      'breaking removed | Response `200`: no longer as `application/json`',
      'safe added | Response `200`: also as `application/xml`',
    ],
    [
      'breaking removed | Response `200`: no longer as `application/xml`',
      'safe added | Response `200`: also as `application/json`',
    ],
  ],
  [
    'headers of a response',
    'responses: { "200": { description: OK, headers: { X-Total: { schema: { type: integer } } } } }',
    'responses: { "200": { description: OK, headers: { x-next: { schema: { type: string } } } } }',
    ['breaking removed | Response `200` · header `X-Total`: removed', 'safe added | Response `200` · header `x-next`: new'],
    ['breaking removed | Response `200` · header `x-next`: removed', 'safe added | Response `200` · header `X-Total`: new'],
  ],
  [
    'links',
    'responses: { "200": { description: OK, links: { next: { operationId: a }, old: { operationId: a } } } }',
    'responses: { "200": { description: OK, links: { next: { operationId: b }, new: { operationId: a } } } }',
    [
      'risky removed | Response `200` · link `old`: removed',
      'risky changed | Response `200` · link `next`: leads elsewhere',
      'safe added | Response `200` · link `new`: new',
    ],
    [
      'risky removed | Response `200` · link `new`: removed',
      'risky changed | Response `200` · link `next`: leads elsewhere',
      'safe added | Response `200` · link `old`: new',
    ],
  ],
  [
    'what a callback sends, which callers read',
    `callbacks: { done: { "{$request.body#/url}": { post: { requestBody: { content: { application/json: { schema:
      { type: object, properties: { id: { type: string } } } } } }, responses: { "200": { description: OK } } } } } }`,
    `callbacks: { done: { "{$request.body#/url}": { post: { requestBody: { content: { application/json: { schema:
      { type: object, properties: { name: { type: string } } } } } }, responses: { "200": { description: OK } } } } } }`,
    [
      'breaking removed | Callback `done` `POST` · request body · `id`: removed',
      'safe added | Callback `done` `POST` · request body · `name`: new',
    ],
    [
      'breaking removed | Callback `done` `POST` · request body · `name`: removed',
      'safe added | Callback `done` `POST` · request body · `id`: new',
    ],
  ],
  [
    'a callback',
    '{}',
    'callbacks: { done: { "{$url}": { post: { responses: {} } } } }',
    ['safe added | Callback `done` `POST`: new'],
    ['breaking removed | Callback `done` `POST`: removed'],
  ],
];

describe('bodies, responses and callbacks differ in', () => {
  it.each(STEPS)('%s', expectThereAndBack);
});
