import type { Asked } from './documents.ts';

/** A renderer of API descriptions that runs in the browser: its page, and how it names an operation in an address. */
export interface Renderer {
  readonly name: string;
  /** The page, given where packages and the specification are. */
  readonly page: (packages: string, specification: string) => string;
  /** What follows `#` in the address of an operation. */
  readonly fragment: (asked: Asked) => string;
}

const html = (head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Peer</title>${head}</head><body>${body}</body></html>`;

export const slug = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, '-');

/** Each as its own documentation says that a page of it is made; what sends telemetry or loads fonts is told not to. */
export const RENDERERS: readonly Renderer[] = [
  {
    name: 'redoc 2',
    page: (packages, specification) =>
      html(
        '',
        `<redoc spec-url="${specification}"></redoc><script src="${packages}/redoc-2/bundles/redoc.standalone.js"></script>`,
      ),
    fragment: ({ tag, operationId }) =>
      tag === undefined ? `operation/${operationId}` : `tag/${tag.replaceAll(' ', '-')}/operation/${operationId}`,
  },
  {
    name: 'redoc 3',
    page: (packages, specification) =>
      html(
        '',
        `<redoc spec-url="${specification}"></redoc><script type="module" src="${packages}/redoc/bundles/redoc.standalone.js"></script>`,
      ),
    fragment: ({ tag, operationId }) => `/${slug(tag ?? 'other')}/${slug(operationId)}`,
  },
  {
    name: 'swagger-ui',
    page: (packages, specification) =>
      html(
        `<link rel="stylesheet" href="${packages}/swagger-ui-dist/swagger-ui.css">`,
        `<div id="ui"></div><script src="${packages}/swagger-ui-dist/swagger-ui-bundle.js"></script>
        <script>SwaggerUIBundle({ url: '${specification}', dom_id: '#ui', deepLinking: true })</script>`,
      ),
    fragment: ({ tag, operationId }) => `/${encodeURIComponent(tag ?? 'default')}/${operationId}`,
  },
  {
    name: 'scalar',
    page: (packages, specification) =>
      html(
        '',
        `<div id="app"></div><script src="${packages}/@scalar/api-reference/dist/browser/standalone.js"></script>
        <script>Scalar.createApiReference('#app', { url: '${specification}', telemetry: false, withDefaultFonts: false })</script>`,
      ),
    fragment: ({ tag, method, path }) => `${tag === undefined ? '' : `tag/${slug(tag)}/`}${method.toUpperCase()}${path}`,
  },
  {
    name: 'elements',
    page: (packages, specification) =>
      html(
        `<link rel="stylesheet" href="${packages}/@stoplight/elements/styles.min.css">
        <script src="${packages}/@stoplight/elements/web-components.min.js"></script>`,
        `<elements-api apiDescriptionUrl="${specification}" router="hash"></elements-api>`,
      ),
    fragment: ({ operationId }) => `/operations/${operationId}`,
  },
  {
    name: 'rapidoc',
    page: (packages, specification) =>
      html(
        `<script type="module" src="${packages}/rapidoc/dist/rapidoc-min.js"></script>`,
        `<rapi-doc spec-url="${specification}" render-style="read" load-fonts="false"></rapi-doc>`,
      ),
    fragment: ({ method, path }) => `${method}-${path.replaceAll(/[\s#:?&={}]/g, '-')}`,
  },
];
