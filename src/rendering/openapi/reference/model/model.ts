/**
 * One shape for Swagger 2.0 and OpenAPI 3.0, 3.1, 3.2: what the renderer prints. Schemas stay as the document has them (`unknown`);
 * `schema/view.ts` reads them.
 */

export interface Link {
  url: string;
  text: string | undefined;
}

interface ServerVariable {
  name: string;
  default: string | undefined;
  options: string[];
  description: string | undefined;
}

export interface Server {
  /** May contain `{variables}` and may be relative. */
  url: string;
  name: string | undefined;
  description: string | undefined;
  variables: ServerVariable[];
}

interface Scope {
  name: string;
  description: string | undefined;
}

export interface OAuthFlow {
  name: string;
  /** What is to be called, by the name of the document's field, such as `tokenUrl`. */
  urls: [string, string][];
  scopes: Scope[];
}

export interface SecurityScheme {
  name: string;
  type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS' | 'unknown';
  description: string | undefined;
  deprecated: boolean;
  /** Of an API key: its place and its name there. */
  place: string | undefined;
  parameterName: string | undefined;
  /** Of HTTP authentication, lower case, such as `bearer`. */
  scheme: string | undefined;
  bearerFormat: string | undefined;
  metadataUrl: string | undefined;
  flows: OAuthFlow[];
}

/** Schemes that are needed together; none means that no authorization is needed. */
export type SecurityRequirement = { scheme: string; scopes: string[] }[];

export interface Example {
  name: string | undefined;
  summary: string | undefined;
  description: string | undefined;
  /** As data; undefined when the example is only linked or written out. */
  value: unknown;
  /** As it travels. */
  serialized: string | undefined;
  externalValue: string | undefined;
}

/** How a part of a form, or of a multipart body, is written. */
export interface Encoding {
  /** The property that is the part, or which of a list's parts it is. */
  part: string;
  contentType: string | undefined;
  style: string | undefined;
  explode: boolean | undefined;
  allowReserved: boolean;
  headers: Parameter[];
  /** Of the parts inside the part (OpenAPI 3.2). */
  parts: Encoding[];
}

export interface MediaType {
  type: string;
  schema: unknown;
  /** OpenAPI 3.2: the schema of each item of a stream. */
  itemSchema: unknown;
  encodings: Encoding[];
  examples: Example[];
}

export interface Parameter {
  name: string;
  /** `path`, `query`, `header`, `cookie`, `querystring`, or what else the document says. */
  place: string;
  description: string | undefined;
  required: boolean;
  deprecated: boolean;
  allowEmptyValue: boolean;
  allowReserved: boolean;
  style: string;
  explode: boolean;
  schema: unknown;
  /** Media type of a parameter that is described by `content`. */
  mediaType: string | undefined;
  examples: Example[];
}

export interface RequestBody {
  description: string | undefined;
  required: boolean;
  media: MediaType[];
}

export interface ResponseLink {
  name: string;
  description: string | undefined;
  operationId: string | undefined;
  operationRef: string | undefined;
  parameters: [string, unknown][];
  requestBody: unknown;
  server: Server | undefined;
}

export interface Response {
  /** `200`, `2XX`, `default`. */
  status: string;
  summary: string | undefined;
  description: string | undefined;
  headers: Parameter[];
  media: MediaType[];
  links: ResponseLink[];
}

export interface Callback {
  name: string;
  /** Runtime expression of the address that is called. */
  expression: string;
  operation: Operation;
}

export interface CodeSample {
  label: string;
  language: string;
  source: string;
}

export interface Operation {
  kind: 'operation' | 'webhook';
  /** Lower case. */
  method: string;
  path: string;
  operationId: string | undefined;
  summary: string | undefined;
  description: string | undefined;
  /** What is said of the path, where the operation says something else of itself. */
  pathDescription: string | undefined;
  tags: string[];
  deprecated: boolean;
  parameters: Parameter[];
  body: RequestBody | undefined;
  responses: Response[];
  callbacks: Callback[];
  /** Those of the operation or its path; undefined where those of the document apply. */
  servers: Server[] | undefined;
  /** Undefined where the requirement of the document applies. */
  security: SecurityRequirement[] | undefined;
  externalDocs: Link | undefined;
  codeSamples: CodeSample[];
  /** What it was read from, to be searched for references. */
  source: readonly unknown[];
}

export interface Tag {
  name: string;
  title: string;
  description: string | undefined;
  parent: string | undefined;
  kind: string | undefined;
  externalDocs: Link | undefined;
}

export interface Info {
  title: string;
  version: string;
  summary: string | undefined;
  description: string | undefined;
  termsOfService: string | undefined;
  contact: { name: string | undefined; url: string | undefined; email: string | undefined } | undefined;
  license: { name: string; url: string | undefined; identifier: string | undefined } | undefined;
}

/** A picture of the API (`x-logo`). */
export interface Logo {
  url: string;
  text: string | undefined;
  background: string | undefined;
  link: string | undefined;
}

export interface Api {
  specVersion: string;
  /** Address of the document itself, and of the dialect of its schemas, as it states them. */
  self: string | undefined;
  dialect: string | undefined;
  logo: Logo | undefined;
  info: Info;
  servers: Server[];
  security: SecurityRequirement[];
  schemes: ReadonlyMap<string, SecurityScheme>;
  tags: Tag[];
  /** `x-tagGroups`: names of tags under a heading. */
  tagGroups: { name: string; tags: string[] }[];
  operations: Operation[];
  externalDocs: Link | undefined;
}
