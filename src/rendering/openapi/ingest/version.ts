import { excerpt, Refusal } from './refusal.ts';

const SUPPORTED = 'Supported are Swagger 2.0 (`swagger: "2.0"`) and OpenAPI 3.0, 3.1 and 3.2 (such as `openapi: "3.1.0"`).';

/** The kinds of document that are told apart by their first field and are not OpenAPI. */
const OTHER_KINDS: Record<string, string> = {
  asyncapi: 'an AsyncAPI document',
  arazzo: 'an Arazzo document',
  overlay: 'an OpenAPI overlay',
  openrpc: 'an OpenRPC document',
  swaggerVersion: 'a Swagger 1.x document',
  kind: 'a Kubernetes resource',
  $schema: 'a JSON Schema',
};

/**
 * Checks that a parsed document is an object that declares a supported version, before anything else looks at it.
 * @throws Refusal (`version`)
 */
export const checkVersion = (document: unknown): Record<string, unknown> => {
  if (!isObject(document)) throw refuse(`The document is ${describe(document)}, not an object.`);
  if ('openapi' in document) {
    const { openapi } = document;
    if (typeof openapi !== 'string') throw refuse(`\`openapi\` is ${describe(openapi)}, not a string.`, '#/openapi');
    if (!/^3\.[012]\.\d+(-.+)?$/.test(openapi))
      throw refuse(`OpenAPI version “${excerpt(openapi, 20)}” is not supported.`, '#/openapi');
    return document;
  }
  if ('swagger' in document) {
    const { swagger } = document;
    if (typeof swagger !== 'string') throw refuse(`\`swagger\` is ${describe(swagger)}, not a string.`, '#/swagger');
    if (swagger !== '2.0') throw refuse(`Swagger version “${excerpt(swagger, 20)}” is not supported.`, '#/swagger');
    return document;
  }
  const other = Object.keys(OTHER_KINDS).find((key) => Object.hasOwn(document, key));
  throw refuse(
    other
      ? `This is ${OTHER_KINDS[other]}, not an OpenAPI description.`
      : 'The document does not say which version of OpenAPI it is written in.',
  );
};

/** Whether a value of a parsed document is a mapping. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (problem: string, path?: string): Refusal =>
  new Refusal('version', `${problem} ${SUPPORTED}`, path ? { path } : {});

const describe = (value: unknown): string => {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the boolean ${value}`;
  return typeof value === 'string' ? 'plain text' : 'an object';
};
