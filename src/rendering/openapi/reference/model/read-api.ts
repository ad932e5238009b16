import type { Api, Info, Logo, Tag } from './model.ts';
import { asNode, list, type Node, nodeEntries, property, text, texts } from './nodes.ts';
import { readExternalDocs, readPathItem } from './operations.ts';
import { createParameterReader } from './parameters.ts';
import type { Resolver } from './resolver.ts';
import { readSchemes, readSecurity } from './security.ts';
import { readServers, readSwaggerServers } from './servers.ts';

const readInfo = (value: unknown): Info => {
  const node = asNode(value) ?? {};
  const contact = asNode(node['contact']);
  const license = asNode(node['license']);
  return {
    title: text(node['title']) ?? 'Untitled API',
    version: text(node['version']) ?? '',
    summary: text(node['summary']),
    description: text(node['description']),
    termsOfService: text(node['termsOfService']),
    contact: contact && { name: text(contact['name']), url: text(contact['url']), email: text(contact['email']) },
    license: license && {
      name: text(license['name']) ?? text(license['identifier']) ?? 'Licence',
      url: text(license['url']),
      identifier: text(license['identifier']),
    },
  };
};

const readLogo = (value: unknown): Logo | undefined => {
  const node = asNode(value);
  const url = text(node?.['url']);
  if (node === undefined || url === undefined) return undefined;
  return { url, text: text(node['altText']), background: text(node['backgroundColor']), link: text(node['href']) };
};

const readTags = (value: unknown): Tag[] => {
  const tags = new Map<string, Tag>();
  for (const item of list(value)) {
    const node = asNode(item);
    const name = text(node?.['name']);
    if (node === undefined || name === undefined || tags.has(name)) continue;
    tags.set(name, {
      name,
      title: text(node['summary']) ?? text(node['x-displayName']) ?? name,
      description: text(node['description']),
      parent: text(node['parent']),
      kind: text(node['kind']),
      externalDocs: readExternalDocs(node['externalDocs']),
    });
  }
  return [...tags.values()];
};

const readTagGroups = (value: unknown): Api['tagGroups'] =>
  list(value).flatMap((item) => {
    const node = asNode(item);
    const name = text(node?.['name']);
    return name === undefined ? [] : { name, tags: texts(node?.['tags']) };
  });

/** Reads a document of any supported version into the one model. Never throws: what cannot be read is left out. */
export const readApi = (document: Node, resolver: Resolver): Api => {
  const swagger = document['swagger'] !== undefined && document['openapi'] === undefined ? document : undefined;
  const inherited = { resolver, parameter: createParameterReader(resolver), swagger };
  const webhooks = [...nodeEntries(document['webhooks']), ...nodeEntries(document['x-webhooks'])];
  return {
    specVersion: text(document['openapi']) ?? text(document['swagger']) ?? '',
    self: text(document['$self']),
    dialect: text(document['jsonSchemaDialect']),
    logo: readLogo(property(document['info'], 'x-logo')),
    info: readInfo(document['info']),
    servers: swagger ? readSwaggerServers(swagger) : (readServers(document['servers']) ?? []),
    security: readSecurity(document['security']) ?? [],
    schemes: readSchemes(resolver, document),
    tags: readTags(document['tags']),
    tagGroups: readTagGroups(document['x-tagGroups']),
    operations: [
      ...nodeEntries(document['paths']).flatMap(([path, item]) => readPathItem(inherited, 'operation', path, item)),
      ...webhooks.flatMap(([name, item]) => readPathItem(inherited, 'webhook', name, item)),
    ],
    externalDocs: readExternalDocs(document['externalDocs']),
  };
};
