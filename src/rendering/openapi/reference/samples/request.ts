import { plainMedia } from '../model/media.ts';
import type { Api, MediaType, Operation, Parameter } from '../model/model.ts';
import { scalarText } from '../model/nodes.ts';
import { serverAddress } from '../model/servers.ts';
import type { SchemaReader } from '../schema/view.ts';
import { authorizationOf } from './authorization.ts';
import { type FormField, formParts } from './form-parts.ts';
import { exampleKey, requestExample } from './media-examples.ts';
import { isForm, isJson, isMultipart, isXml } from './media-kinds.ts';
import { prune } from './prune.ts';
import { encodeValue, formFields, headerValue, pathValue, queryPairs } from './serialise.ts';
import { FILE } from './value.ts';
import { sampleXml } from './xml.ts';

export type SampleBody =
  | { kind: 'json'; value: unknown }
  | { kind: 'text'; text: string }
  | { kind: 'form'; fields: FormField[] }
  | { kind: 'multipart'; fields: FormField[] }
  | { kind: 'file' };

/** Bodies by what they are made from: large documents send few kinds of things from everywhere. */
export type RequestBodyCache = Map<unknown, SampleBody | undefined>;

/** A request as the code samples write it. */
export interface SampleRequest {
  /** Upper case, a token of letters, digits and `-_`. */
  method: string;
  /** Absolute; unfilled path parameters stand in braces. */
  url: string;
  headers: [string, string][];
  body: SampleBody | undefined;
}

const PLACEHOLDER_SERVER = 'https://api.example.com';
const VALUE_LIMITS = { maxNodes: 20, maxDepth: 3, maxItems: 2, maxText: 80 };
const BODY_LIMITS = { maxNodes: 24, maxDepth: 5, maxItems: 2, maxText: 120 };

const isAbsolute = (url: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(url);

/** The address that requests of an operation start with. */
export const baseUrl = (api: Api, operation: Operation): string => {
  const [server] = operation.servers ?? api.servers;
  const address = server === undefined ? '' : serverAddress(server).replace(/\s/g, '');
  if (isAbsolute(address)) return address;
  if (address.startsWith('//')) return `https:${address}`;
  return address === '' ? PLACEHOLDER_SERVER : `${PLACEHOLDER_SERVER}/${address.replace(/^\/+/, '')}`;
};

const parameterValue = (reader: SchemaReader, parameter: Parameter): unknown => {
  const given = parameter.examples.find(({ value }) => value !== undefined)?.value;
  if (given !== undefined) return prune(given, VALUE_LIMITS).value;
  const view = reader.view(parameter.schema);
  const telling = view.examples[0] ?? view.constant[0] ?? view.enumValues?.[0] ?? view.defaultValue[0];
  if (telling !== undefined && telling !== null && telling !== '') return prune(telling, VALUE_LIMITS).value;
  const item = view.types.includes('array') ? reader.view(view.items) : undefined;
  const first = item && (item.examples[0] ?? item.enumValues?.[0]);
  if (first !== undefined) return [first];
  return `{${parameter.name.replace(/[^\w-]/g, '_')}}`;
};

const fillPath = (reader: SchemaReader, operation: Operation): string => {
  const byName = new Map(operation.parameters.filter(({ place }) => place === 'path').map((each) => [each.name, each]));
  const path = operation.path.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const parameter = byName.get(name);
    return parameter === undefined ? whole : pathValue(parameter, parameterValue(reader, parameter));
  });
  const clean = path.replace(/[\s"'<>\\^`|]/g, encodeURIComponent);
  return clean.startsWith('/') || clean === '' ? clean : `/${clean}`;
};

const queryOf = (reader: SchemaReader, operation: Operation): string[] =>
  operation.parameters
    .filter(({ place, required, deprecated }) => place === 'query' && required && !deprecated)
    .flatMap((parameter) => queryPairs(parameter, parameterValue(reader, parameter)));

/** A query string that is one parameter (OpenAPI 3.2). */
const wholeQueryOf = (reader: SchemaReader, operation: Operation): string[] =>
  operation.parameters
    .filter(({ place, required }) => place === 'querystring' && required)
    .flatMap(({ mediaType = 'text/plain', schema, examples }) => {
      const { value } = prune(requestExample(reader, plainMedia(mediaType, schema, examples)), VALUE_LIMITS);
      if (value === undefined) return [];
      if (isForm(mediaType)) return formFields(value).map(([name, text]) => `${encodeValue(name)}=${encodeValue(text)}`);
      return [encodeValue(scalarText(value) ?? JSON.stringify(value))];
    });

const headersOf = (reader: SchemaReader, operation: Operation): [string, string][] =>
  operation.parameters
    .filter(
      ({ place, name, required }) => place === 'header' && required && !/^(?:accept|content-type|authorization)$/i.test(name),
    )
    .map((parameter) => {
      const value = parameterValue(reader, parameter);
      return [parameter.name, headerText(parameter.mediaType === undefined ? headerValue(parameter, value) : value)];
    });

const headerText = (value: unknown): string => (scalarText(value) ?? JSON.stringify(value) ?? '').replace(/[\r\n]+/g, ' ');

const bodyOf = (reader: SchemaReader, media: MediaType): SampleBody | undefined => {
  const { value } = prune(requestExample(reader, media), BODY_LIMITS);
  if (value === undefined) return isJson(media.type) || isForm(media.type) ? undefined : { kind: 'file' };
  if (value === FILE) return { kind: 'file' };
  if (isForm(media.type)) {
    const fields = formParts(reader, media, value);
    // Without fields nothing is sent; many clients refuse a body, even an empty one, with GET.
    return fields.length === 0 ? undefined : { kind: isMultipart(media.type) ? 'multipart' : 'form', fields };
  }
  if (isJson(media.type)) return { kind: 'json', value };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (isXml(media.type)) return { kind: 'text', text: sampleXml(reader, media.schema, value) };
  return { kind: 'json', value };
};

const bodyOnce = (reader: SchemaReader, media: MediaType, bodies: RequestBodyCache): SampleBody | undefined => {
  const key = exampleKey(media, media.examples[0], 'request');
  if (key === undefined) return bodyOf(reader, media);
  if (!bodies.has(key)) bodies.set(key, bodyOf(reader, media));
  return bodies.get(key);
};

/** Where a form's content type is set by the client that is used, it is not among the headers. */
const contentType = (media: MediaType | undefined, body: SampleBody | undefined): [string, string][] =>
  media === undefined || body === undefined || body.kind === 'multipart' || body.kind === 'form'
    ? []
    : [['Content-Type', media.type.includes('*') ? 'application/octet-stream' : headerText(media.type)]];

const acceptOf = (operation: Operation): [string, string][] => {
  const success = operation.responses.find(({ status }) => status.startsWith('2')) ?? operation.responses[0];
  const types = success?.media.map(({ type }) => type) ?? [];
  const [type] = types;
  // Where there is nothing to choose from, clients get the one there is.
  return type === undefined || types.length === 1 || type.includes('*') ? [] : [['Accept', headerText(type)]];
};

/** The media type that samples are written for: JSON where there is a choice. */
export const preferredMedia = (media: readonly MediaType[]): MediaType | undefined =>
  media.find(({ type }) => isJson(type)) ?? media[0];

/** Makes the request that the code samples of an operation show. */
export const sampleRequest = (api: Api, reader: SchemaReader, operation: Operation, bodies: RequestBodyCache): SampleRequest => {
  const media = preferredMedia(operation.body?.media ?? []);
  const body = media && bodyOnce(reader, media, bodies);
  const authorization = authorizationOf(api, operation);
  const query = [
    ...queryOf(reader, operation),
    ...wholeQueryOf(reader, operation),
    ...authorization.query.map(([name, value]) => `${encodeValue(name)}=${encodeURIComponent(value)}`),
  ];
  const cookies = authorization.cookies.map(([name, value]) => `${name}=${value}`);
  return {
    method: operation.method.toUpperCase().replace(/[^A-Z0-9_-]/g, ''),
    url: `${baseUrl(api, operation)}${fillPath(reader, operation)}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: [
      ...authorization.headers,
      ...headersOf(reader, operation),
      ...acceptOf(operation),
      ...contentType(media, body),
      ...(cookies.length > 0 ? [['Cookie', cookies.join('; ')] as [string, string]] : []),
    ],
    body,
  };
};
