import type { OAuthFlow, SecurityRequirement, SecurityScheme } from './model.ts';
import { asNode, entries, type Node, nodeEntries, property, text, texts } from './nodes.ts';
import type { Resolver } from './resolver.ts';

const FLOW_URLS = ['authorizationUrl', 'deviceAuthorizationUrl', 'tokenUrl', 'refreshUrl'] as const;

/** Swagger 2.0 names two of the flows differently. */
const SWAGGER_FLOWS: ReadonlyMap<string, string> = new Map([
  ['application', 'clientCredentials'],
  ['accessCode', 'authorizationCode'],
]);

const TYPES = new Set<string>(['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS']);

const isKnownType = (type: string | undefined): type is SecurityScheme['type'] => type !== undefined && TYPES.has(type);

const readFlow = (name: string, node: Node): OAuthFlow => ({
  name,
  urls: FLOW_URLS.flatMap((field) => {
    const url = text(node[field]);
    return url === undefined ? [] : [[field, url] as [string, string]];
  }),
  scopes: entries(node['scopes']).map(([scope, description]) => ({ name: scope, description: text(description) })),
});

const readFlows = (node: Node): OAuthFlow[] => {
  const swagger = text(node['flow']);
  if (swagger !== undefined) return [readFlow(SWAGGER_FLOWS.get(swagger) ?? swagger, node)];
  return nodeEntries(node['flows']).map(([name, flow]) => readFlow(name, flow));
};

const readScheme = (name: string, node: Node): SecurityScheme => {
  const declared = text(node['type']);
  const basic = declared === 'basic';
  return {
    name,
    type: basic ? 'http' : isKnownType(declared) ? declared : 'unknown',
    description: text(node['description']),
    deprecated: node['deprecated'] === true,
    place: text(node['in']),
    parameterName: text(node['name']),
    scheme: basic ? 'basic' : text(node['scheme'])?.toLowerCase(),
    bearerFormat: text(node['bearerFormat']),
    metadataUrl: text(node['openIdConnectUrl']) ?? text(node['oauth2MetadataUrl']),
    flows: readFlows(node),
  };
};

/** The security schemes of a document, by name. */
export const readSchemes = (resolver: Resolver, document: Node): Map<string, SecurityScheme> => {
  const declared = property(document['components'], 'securitySchemes') ?? document['securityDefinitions'];
  const schemes = new Map<string, SecurityScheme>();
  for (const [name, value] of nodeEntries(declared)) {
    const node = resolver.node(value);
    if (node !== undefined) schemes.set(name, readScheme(name, node));
  }
  return schemes;
};

/** OpenAPI 3.2 lets a scheme be named by its address. */
const schemeName = (name: string): string => name.replace(/^#\/components\/securitySchemes\//, '');

/** A `security` list: alternatives, each of schemes that are needed together. Undefined where there is none. */
export const readSecurity = (value: unknown): SecurityRequirement[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item) => {
    const node = asNode(item);
    return node === undefined
      ? []
      : [entries(node).map(([scheme, scopes]) => ({ scheme: schemeName(scheme), scopes: texts(scopes) }))];
  });
};
