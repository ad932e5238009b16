import { parse } from 'yaml';
import { read } from './source.ts';

/** As much of a JSON schema as our own descriptions use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

interface Answers {
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, { schema: Schema }>> }>
  >;
}

export interface Description {
  /** `get /registrations/{registrationId}`, of everything described */
  readonly operations: readonly string[];
  /** What is wrong with an answer of an operation; empty when it is as described. */
  violations(
    operation: string,
    answer: { status: number; headers: { 'content-type'?: string | undefined }; text: string },
  ): string[];
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
};

/** The OpenAPI document of one of our APIs, to hold answers against. */
export const readDescription = (file: string): Description => {
  const document = parse(read(file)) as { paths: Record<string, Record<string, Answers>> };
  const follow = <T extends { readonly $ref?: string }>(value: T): T => {
    if (value.$ref === undefined) return value;
    const found = value.$ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
    return follow(found as T);
  };

  const check = (given: Schema, value: unknown, at: string): string[] => {
    const schema = follow(given);
    if (schema.oneOf) {
      const attempts = schema.oneOf.map((one) => check(one, value, at));
      return attempts.some((found) => found.length === 0) ? [] : (attempts[0] ?? []);
    }
    const type = typeOf(value);
    const types = schema.type === undefined ? [type] : [schema.type].flat();
    if (!types.includes(type) && !(type === 'integer' && types.includes('number')))
      return [`${at} is ${type}, not ${types.join(' or ')}`];
    const found: string[] = [];
    if (schema.enum && !schema.enum.includes(value)) found.push(`${at} is ${String(value)}`);
    if (typeof value === 'string' && schema.format && !(FORMATS[schema.format] ?? /^/).test(value))
      found.push(`${at} is no ${schema.format}`);
    if (Array.isArray(value)) found.push(...value.flatMap((item, index) => check(schema.items ?? {}, item, `${at}.${index}`)));
    if (type !== 'object') return found;
    const object = value as Record<string, unknown>;
    for (const name of schema.required ?? []) if (!(name in object)) found.push(`${at}.${name} is missing`);
    for (const [name, child] of Object.entries(object)) {
      const property = schema.properties?.[name];
      if (property) found.push(...check(property, child, `${at}.${name}`));
      else if (schema.additionalProperties === false) found.push(`${at}.${name} is not described`);
    }
    return found;
  };

  const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
  return {
    operations: Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => METHODS.includes(method))
        .map((method) => `${method} ${path}`),
    ),
    violations: (operation, { status, headers, text }) => {
      const [method = '', path = ''] = operation.split(' ');
      const described = document.paths[path]?.[method]?.responses[status];
      if (!described) return [`${operation} answers ${status}, which is not described`];
      const content = follow(described).content;
      if (!content) return text === '' ? [] : [`${operation} answers a body`];
      const type = (headers['content-type'] ?? '').replace(/;.*/, '');
      const schema = content[type]?.schema;
      return schema ? check(schema, JSON.parse(text), 'body') : [`${operation} answers ${type}`];
    },
  };
};
