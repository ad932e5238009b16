import type { Encoding, MediaType } from '../model/model.ts';
import { asNode, scalarText } from '../model/nodes.ts';
import type { SchemaReader } from '../schema/view.ts';
import { isMultipart, isXml } from './media-kinds.ts';
import { formFields, styledFields } from './serialise.ts';
import { FILE } from './value.ts';
import { sampleXml } from './xml.ts';

/** A field of a form, or a part of a form in parts. */
export interface FormField {
  name: string;
  value: string;
  file: boolean;
  /** The content type of a part, where it is not the one that a client sends by itself. */
  type?: string;
}

/** Names of the properties that are files, or lists of files. */
export const fileNames = (reader: SchemaReader, schema: unknown): ReadonlySet<string> =>
  new Set(
    reader.view(schema).properties.flatMap(({ name, schema: property }) => {
      const view = reader.view(property);
      const item = view.items === undefined ? view : reader.view(view.items);
      return item.format === 'binary' || item.constraints.some(({ label }) => label === 'media type') ? name : [];
    }),
  );

/** Whether a part is a file, as its schema says or as what was made of it does. */
export const isFilePart = (files: ReadonlySet<string>, [name, value]: readonly [name: string, value: unknown]): boolean =>
  files.has(name) || value === FILE || (Array.isArray(value) && value.includes(FILE));

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *; *[\w-]+=[\w.+-]+)*$/;

/** The first media type of those that a part may have; undefined where it is a range (OpenAPI, Encoding Object, `contentType`). */
export const exactType = (types: string | undefined): string | undefined => {
  const first = types?.split(',')[0]?.trim() ?? '';
  return MEDIA_TYPE.test(first) ? first : undefined;
};

/** How a property is written whose encoding says how; undefined where it leaves that to the content type. */
const styleOf = ({ style, explode }: Encoding): { style: string; explode: boolean } | undefined =>
  style === undefined && explode === undefined
    ? undefined
    : { style: style ?? 'form', explode: explode ?? (style === undefined || style === 'form') };

/** Whether the values of a list are sent in one. */
export const isJoined = (encoding: Encoding): boolean => {
  const { style, explode = true } = styleOf(encoding) ?? {};
  return !explode && style !== 'deepObject';
};

const said = (type: string | undefined, byDefault: string): Pick<FormField, 'type'> =>
  type === undefined || type === byDefault ? {} : { type };

/** A part whose content type says how it is written: JSON, unless it is a text or its encoding says otherwise. */
const partOf = (reader: SchemaReader, schema: unknown, name: string, value: unknown, types: string | undefined): FormField => {
  const text = scalarText(value) ?? (value === null ? 'null' : undefined);
  if (text !== undefined) return { name, value: text, file: false, ...said(exactType(types), 'text/plain') };
  const type = exactType(types ?? 'application/json');
  const written = type !== undefined && isXml(type) ? sampleXml(reader, schema, value) : (JSON.stringify(value) ?? '');
  return { name, value: written, file: false, ...said(type, 'text/plain') };
};

/**
 * A form as it is sent. A list is a field for each of its items, unless its encoding joins them; what is nested is JSON in a form in
 * parts, else a field for each of its members (OpenAPI 3.1 and 3.2, Encoding Object).
 */
export const formParts = (reader: SchemaReader, media: MediaType, given: unknown): FormField[] => {
  const files = fileNames(reader, media.schema);
  const schemas = new Map(reader.view(media.schema).properties.map(({ name, schema }) => [name, schema]));
  const encodings = new Map(media.encodings.map((encoding) => [encoding.part, encoding]));
  return Object.entries(asNode(given) ?? {}).flatMap(([name, value]): FormField[] => {
    const [schema, encoding] = [schemas.get(name), encodings.get(name)];
    const items = Array.isArray(value) ? value : [value];
    if (isMultipart(media.type) && isFilePart(files, [name, value])) {
      const type = said(exactType(encoding?.contentType), 'application/octet-stream');
      return items.map((item) => ({ name, value: scalarText(item) ?? '', file: true, ...type }));
    }
    const style = encoding && styleOf(encoding);
    if (style !== undefined || !isMultipart(media.type)) {
      const fields = style === undefined ? formFields({ [name]: value }) : styledFields({ name, ...style }, value);
      return fields.map(([field, text]) => ({ name: field, value: text, file: false }));
    }
    const item = Array.isArray(value) ? reader.view(schema).items : schema;
    return items.map((each) => partOf(reader, item, name, each, encoding?.contentType));
  });
};
