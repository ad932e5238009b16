import type { Server } from './model.ts';
import { asNode, list, type Node, nodeEntries, text, texts } from './nodes.ts';

/** A server object of OpenAPI 3. */
export const readServer = (value: unknown): Server | undefined => {
  const node = asNode(value);
  const url = text(node?.['url']);
  if (node === undefined || url === undefined) return undefined;
  return {
    url,
    name: text(node['name']),
    description: text(node['description']),
    variables: nodeEntries(node['variables']).map(([name, variable]) => ({
      name,
      default: text(variable['default']),
      options: texts(variable['enum']),
      description: text(variable['description']),
    })),
  };
};

/** A `servers` list of OpenAPI 3; undefined where there is none. */
export const readServers = (value: unknown): Server[] | undefined => {
  const servers = list(value).flatMap((item) => readServer(item) ?? []);
  return servers.length > 0 ? servers : undefined;
};

/** The servers of Swagger 2.0: each scheme, of an operation or of the document, with `host` and `basePath`; relative without a host. */
export const readSwaggerServers = (document: Node, ownSchemes?: unknown): Server[] => {
  const host = text(document['host']);
  const basePath = text(document['basePath']) ?? '';
  const bare = { name: undefined, description: undefined, variables: [] };
  if (host === undefined) return basePath === '' ? [] : [{ url: basePath, ...bare }];
  const schemes = texts(ownSchemes ?? document['schemes']);
  const path = basePath === '/' ? '' : basePath;
  return (schemes.length > 0 ? schemes : ['https']).map((scheme) => ({ url: `${scheme}://${host}${path}`, ...bare }));
};

/** The address of a server with its variables replaced by their defaults, without a slash at the end. */
export const serverAddress = (server: Server): string => {
  const defaults = new Map(server.variables.map(({ name, default: value, options }) => [name, value ?? options[0]]));
  return server.url.replace(/\{([^{}]*)\}/g, (whole, name: string) => defaults.get(name) ?? whole).replace(/\/$/, '');
};
