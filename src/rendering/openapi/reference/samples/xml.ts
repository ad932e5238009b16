import { asNode, entries, list, type Node, property, text } from '../model/nodes.ts';
import type { SchemaReader, SchemaView } from '../schema/view.ts';

type NodeType = 'element' | 'attribute' | 'text' | 'cdata' | 'none';

const MAX_DEPTH = 8;

const escapeXml = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Names that are no XML names are made so, that the sample stays well-formed. */
const xmlName = (name: string): string => {
  const cleaned = name.replace(/[^\p{L}\p{N}_:.-]/gu, '_');
  return /^[\p{L}_]/u.test(cleaned) ? cleaned : `_${cleaned}`;
};

const written = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));

const qualifiedName = (xml: Node | undefined, fallback: string): string => {
  const prefix = text(xml?.['prefix']);
  const name = xmlName(text(xml?.['name']) ?? fallback);
  return prefix === undefined ? name : `${xmlName(prefix)}:${name}`;
};

const nodeTypeOf = (view: SchemaView, isArray: boolean): NodeType => {
  const declared = text(view.xml?.['nodeType']);
  if (declared === 'element' || declared === 'attribute' || declared === 'text' || declared === 'cdata' || declared === 'none')
    return declared;
  if (view.xml?.['attribute'] === true) return 'attribute';
  return isArray && view.xml?.['wrapped'] !== true ? 'none' : 'element';
};

const namespaceOf = (xml: Node | undefined): string => {
  const namespace = text(xml?.['namespace']);
  if (namespace === undefined) return '';
  const prefix = text(xml?.['prefix']);
  return ` xmlns${prefix === undefined ? '' : `:${xmlName(prefix)}`}="${escapeXml(namespace)}"`;
};

const element = (name: string, attributes: string, content: string, indent: string): string => {
  if (content === '') return `${indent}<${name}${attributes}/>\n`;
  const block = content.startsWith(' ') || content.endsWith('\n');
  return block
    ? `${indent}<${name}${attributes}>\n${content}${indent}</${name}>\n`
    : `${indent}<${name}${attributes}>${content}</${name}>\n`;
};

interface Child {
  name: string;
  schema: unknown;
  value: unknown;
}

const children = (reader: SchemaReader, view: SchemaView, value: unknown): Child[] => {
  const schemas = new Map(view.properties.map(({ name, schema }) => [name, schema]));
  for (const option of view.alternatives.flatMap(({ options }) => options))
    for (const { name, schema } of reader.view(option).properties) if (!schemas.has(name)) schemas.set(name, schema);
  return entries(value).map(([name, item]) => ({ name, schema: schemas.get(name) ?? view.additionalProperties, value: item }));
};

const printAttributes = (reader: SchemaReader, all: Child[]): string =>
  all
    .filter(({ schema }) => nodeTypeOf(reader.view(schema), false) === 'attribute')
    .map(({ name, schema, value }) => ` ${qualifiedName(reader.view(schema).xml, name)}="${escapeXml(written(value))}"`)
    .join('');

/** What is inside an element: where it is more than one thing, texts have lines of their own as elements have. */
const inLines = (parts: readonly string[], depth: number): string => {
  const shown = parts.filter((part) => part !== '');
  if (shown.length < 2) return shown.join('');
  return shown.map((part) => (part.endsWith('\n') ? part : `${'  '.repeat(depth)}${part}\n`)).join('');
};

const printNode = (reader: SchemaReader, { name, schema, value }: Child, depth: number): string => {
  const view = reader.view(schema);
  const indent = '  '.repeat(depth);
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) return printArray(reader, { name, schema, value }, depth);
  const type = nodeTypeOf(view, false);
  if (type === 'attribute') return '';
  const all = asNode(value) === undefined ? [] : children(reader, view, value);
  const inner = type === 'none' ? depth : depth + 1;
  const content =
    asNode(value) === undefined
      ? escapeXml(written(value))
      : inLines(
          all.map((child) => printNode(reader, child, inner)),
          inner,
        );
  if (type === 'text') return content;
  if (type === 'cdata') return `<![CDATA[${written(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  if (type === 'none') return content;
  return element(
    qualifiedName(view.xml, view.name ?? name),
    namespaceOf(view.xml) + printAttributes(reader, all),
    content,
    indent,
  );
};

const printArray = (reader: SchemaReader, { name, schema, value }: Child, depth: number): string => {
  const view = reader.view(schema);
  const wrapped = nodeTypeOf(view, true) === 'element';
  const itemName = wrapped ? qualifiedName(view.xml, name) : name;
  const items = list(value)
    .map((item) => printNode(reader, { name: itemName, schema: view.items, value: item }, wrapped ? depth + 1 : depth))
    .join('');
  return wrapped ? element(qualifiedName(view.xml, name), namespaceOf(view.xml), items, '  '.repeat(depth)) : items;
};

/** A value as XML, with the names, attributes, wrapping and namespaces of its schema (`xml`, OpenAPI 3.2 `nodeType` included). */
export const sampleXml = (reader: SchemaReader, schema: unknown, value: unknown): string => {
  const view = reader.view(schema);
  const name = view.name ?? text(property(view.xml, 'name')) ?? 'root';
  const body = Array.isArray(value)
    ? element(
        qualifiedName(view.xml, name),
        '',
        printArray(reader, { name: 'item', schema: { ...asNode(schema), xml: {} }, value }, 1),
        '',
      )
    : printNode(reader, { name, schema, value }, 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`.trimEnd();
};
