import { readContent, readMediaTypes, readSwaggerContent } from './media.ts';
import type { Callback, CodeSample, Link, Operation, Response, ResponseLink } from './model.ts';
import { asNode, entries, list, type Node, namedNodes, nodeEntries, text, texts } from './nodes.ts';
import { mergeParameters, type ParameterReader, readRequestBody, readSwaggerBody } from './parameters.ts';
import type { Resolver } from './resolver.ts';
import { readSecurity } from './security.ts';
import { readServer, readServers, readSwaggerServers } from './servers.ts';

/** In the order in which a path's operations are listed when the document's own order is not to be had. */
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** A callback's operations have callbacks of their own only this deep. */
const MAX_CALLBACK_DEPTH = 2;

/** What every operation of a document inherits. */
export interface Inherited {
  resolver: Resolver;
  parameter: ParameterReader;
  /** The document, where it is one of Swagger 2.0. */
  swagger: Node | undefined;
}

/** An `externalDocs` object. */
export const readExternalDocs = (value: unknown): Link | undefined => {
  const node = asNode(value);
  const url = text(node?.['url']);
  return url === undefined ? undefined : { url, text: text(node?.['description']) };
};

const readLinks = (resolver: Resolver, value: unknown): ResponseLink[] =>
  nodeEntries(value).flatMap(([name, item]) => {
    const node = resolver.node(item);
    if (node === undefined) return [];
    return {
      name,
      description: text(node['description']),
      operationId: text(node['operationId']),
      operationRef: text(node['operationRef']),
      parameters: entries(node['parameters']),
      requestBody: node['requestBody'],
      server: readServer(node['server']),
    };
  });

const readResponse = (inherited: Inherited, status: string, node: Node, produces: unknown): Response => {
  const { resolver, swagger } = inherited;
  return {
    status: /^[1-5]xx$/i.test(status) ? status.toUpperCase() : status,
    summary: text(node['summary']) ?? text(node['x-summary']),
    description: text(node['description']),
    headers: namedNodes(node['headers']).flatMap(([name, header]) => inherited.parameter(header, name) ?? []),
    media: swagger
      ? readSwaggerContent(readMediaTypes(produces, swagger['produces']), node['schema'], node['examples'])
      : readContent(resolver, inherited.parameter, node['content']),
    links: readLinks(resolver, node['links']),
  };
};

const readResponses = (inherited: Inherited, value: unknown, produces: unknown): Response[] =>
  entries(value).flatMap(([status, item]) => {
    if (status.startsWith('x-')) return [];
    const node = inherited.resolver.node(item);
    return node === undefined ? [] : readResponse(inherited, status, node, produces);
  });

const readCallbacks = (inherited: Inherited, value: unknown, depth: number): Callback[] => {
  if (depth >= MAX_CALLBACK_DEPTH) return [];
  return nodeEntries(value).flatMap(([name, item]) =>
    nodeEntries(inherited.resolver.node(item)).flatMap(([expression, pathItem]) =>
      readPathItem(inherited, 'operation', expression, pathItem, depth + 1).map((operation) => ({ name, expression, operation })),
    ),
  );
};

const readCodeSamples = (node: Node): CodeSample[] =>
  list(node['x-codeSamples'] ?? node['x-code-samples']).flatMap((item) => {
    const sample = asNode(item);
    const source = text(sample?.['source']);
    const language = text(sample?.['lang']) ?? 'text';
    return source === undefined ? [] : { label: text(sample?.['label']) ?? language, language: language.toLowerCase(), source };
  });

const readOperation = (inherited: Inherited, pathItem: Node, node: Node, depth: number) => {
  const { resolver, swagger } = inherited;
  const description = text(node['description']);
  const parameters = mergeParameters(resolver, pathItem['parameters'], node['parameters']);
  const swaggerOnly = new Set(['body', 'formData']);
  return {
    operationId: text(node['operationId']),
    summary: text(node['summary']) ?? text(pathItem['summary']),
    description: description ?? text(pathItem['description']),
    pathDescription: description === undefined ? undefined : text(pathItem['description']),
    tags: [...new Set(texts(node['tags']))],
    deprecated: node['deprecated'] === true,
    parameters: parameters
      .filter((parameter) => !swaggerOnly.has(text(parameter['in']) ?? ''))
      .flatMap((parameter) => inherited.parameter(parameter) ?? []),
    body: swagger
      ? readSwaggerBody(parameters, node['consumes'], swagger['consumes'])
      : readRequestBody(resolver, inherited.parameter, node['requestBody']),
    responses: readResponses(inherited, node['responses'], node['produces']),
    callbacks: readCallbacks(inherited, node['callbacks'], depth),
    servers:
      swagger && node['schemes'] !== undefined
        ? readSwaggerServers(swagger, node['schemes'])
        : (readServers(node['servers']) ?? readServers(pathItem['servers'])),
    security: readSecurity(node['security']),
    externalDocs: readExternalDocs(node['externalDocs']),
    codeSamples: readCodeSamples(node),
    source: [pathItem['parameters'], node],
  };
};

/** The operations of one path, webhook or callback expression, those of `additionalOperations` (OpenAPI 3.2) included. */
export const readPathItem = (
  inherited: Inherited,
  kind: Operation['kind'],
  path: string,
  value: unknown,
  depth = 0,
): Operation[] => {
  const pathItem = inherited.resolver.node(value);
  if (pathItem === undefined) return [];
  const fixed = entries(pathItem).filter(([method]) => METHODS.has(method));
  return [...fixed, ...entries(pathItem['additionalOperations'])].flatMap(([method, item]) => {
    const node = inherited.resolver.node(item);
    if (node === undefined) return [];
    return { kind, method: method.toLowerCase(), path, ...readOperation(inherited, pathItem, node, depth) };
  });
};
