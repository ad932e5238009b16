import { storable } from '../../../lib/text.ts';
import { plainText } from '../../markdown/index.ts';
import type { KeptOperation } from '../excerpt.ts';
import type { Api, Operation, SecurityScheme, Server } from '../reference/model/model.ts';
import { entries, type Node } from '../reference/model/nodes.ts';
import { readApi } from '../reference/model/read-api.ts';
import { createResolver } from '../reference/model/resolver.ts';
import { withoutInternal } from '../reference/model/visible.ts';
import { securityOf } from '../reference/samples/authorization.ts';
import { baseUrl } from '../reference/samples/request.ts';
import { createSchemaReader } from '../reference/schema/view.ts';
import { consoleBody, consoleParameter } from './describe-fields.ts';
import type { ConsoleOperation, ConsoleScheme, ConsoleServer } from './types.ts';

const MAX_SERVERS = 50;
const MAX_DESCRIPTION = 200;

const MAX_UNREACHABLE = 5;

const addressOf = ({ url }: Server): string => url.trim().replace(/^\/\//, 'https://');

/** Whether an address is one of its own; whatever is relative is relative to where the publisher keeps the document. */
const isReachable = (address: string): boolean => /^https?:\/\/[^/]/i.test(address);

/**
 * A server as it can be asked; undefined where it cannot. Where its address begins with a variable, as in `{scheme}://api.example`, only
 * those values of it count that make it reachable.
 */
const reachable = (server: Server): Server | undefined => {
  const url = addressOf(server);
  const [opening, name] = /^\{([^{}]*)\}/.exec(url) ?? [];
  const variable = opening === undefined ? undefined : server.variables.find((each) => each.name === name);
  if (opening === undefined || variable === undefined) return isReachable(url) ? { ...server, url } : undefined;
  const options = [...new Set([variable.default ?? [], variable.options].flat())].filter((value) =>
    isReachable(`${value}${url.slice(opening.length)}`),
  );
  const variables = server.variables.map((each) => (each === variable ? { ...each, default: options[0], options } : each));
  return options.length === 0 ? undefined : { ...server, url, variables };
};

const consoleServers = (servers: readonly Server[]): ConsoleServer[] =>
  servers
    .flatMap((server) => reachable(server) ?? [])
    .slice(0, MAX_SERVERS)
    .map(({ url, name, description, variables }) => ({
      url,
      description: name ?? (description === undefined ? '' : plainText(description, MAX_DESCRIPTION)),
      variables: variables.map(({ name: variable, default: value, options }) => ({
        name: variable,
        default: value ?? options[0] ?? '',
        options,
      })),
    }));

const AUTHORIZATION = { place: 'header', parameter: 'Authorization' } as const;

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const consoleScheme = ({ name, type, place, parameterName, scheme = '', bearerFormat }: SecurityScheme): ConsoleScheme => {
  switch (type) {
    case 'apiKey':
      return {
        ...{ name, kind: 'key', prefix: '', place: place ?? 'header', parameter: parameterName ?? 'api_key' },
        words: `API key in the ${place === 'query' ? 'query' : (place ?? 'header')}: ${parameterName ?? 'api_key'}`,
      };
    case 'http':
      if (scheme === 'basic') return { name, ...AUTHORIZATION, kind: 'basic', prefix: 'Basic', words: 'Name and password' };
      return {
        ...{ name, ...AUTHORIZATION, kind: 'token', prefix: scheme === '' ? 'Bearer' : capitalised(scheme) },
        words: scheme === 'bearer' ? `Bearer token${bearerFormat === undefined ? '' : ` (${bearerFormat})`}` : `HTTP ${scheme}`,
      };
    case 'oauth2':
      return { name, ...AUTHORIZATION, kind: 'token', prefix: 'Bearer', words: 'An access token (OAuth 2.0)' };
    case 'openIdConnect':
      return { name, ...AUTHORIZATION, kind: 'token', prefix: 'Bearer', words: 'An access token (OpenID Connect)' };
    default:
      return {
        ...{ name, kind: 'other', prefix: '', place: '', parameter: '' },
        words: type === 'mutualTLS' ? 'A client certificate, which cannot be given here' : 'In a way that cannot be given here',
      };
  }
};

const MAX_ACCEPT = 5;

const acceptOf = ({ responses }: Operation): string => {
  const success = responses.find(({ status }) => status.startsWith('2')) ?? responses[0];
  const types = (success?.media ?? []).map(({ type }) => type).filter((type) => /^[\w.+*-]+\/[\w.+*-]+$/.test(type));
  return types.slice(0, MAX_ACCEPT).join(', ');
};

const describe = (api: Api, operation: Operation, reader: ReturnType<typeof createSchemaReader>): ConsoleOperation => {
  const requirements = securityOf(api, operation);
  const servers = operation.servers ?? api.servers;
  const unreachable = servers.filter((server) => reachable(server) === undefined).map(addressOf);
  const named = new Set(requirements.flatMap((requirement) => requirement.map(({ scheme }) => scheme)));
  return {
    method: operation.method.toUpperCase(),
    path: operation.path,
    servers: consoleServers(servers),
    unreachable: [...new Set(unreachable)].slice(0, MAX_UNREACHABLE),
    sampleBase: baseUrl(api, operation),
    parameters: operation.parameters.map((parameter) => consoleParameter(reader, parameter)),
    bodies: (operation.body?.media ?? []).map((media) => consoleBody(reader, media)),
    bodyRequired: operation.body?.required ?? false,
    schemes: [...named].flatMap((name) => {
      const scheme = api.schemes.get(name);
      return scheme === undefined ? [] : [consoleScheme(scheme)];
    }),
    requirements: requirements.map((requirement) => requirement.map(({ scheme }) => scheme)),
    accept: acceptOf(operation),
  };
};

/** What the console asks about an operation of a document, whose path is given as it is stored; undefined where there is no such operation. Never throws on its account. */
export const describeOperation = (document: Node, { method, path }: KeptOperation): ConsoleOperation | undefined => {
  const whole = withoutInternal(document);
  const pathItem = entries(whole['paths']).find(([key]) => storable(key) === path)?.[1];
  const { webhooks: _webhooks, 'x-webhooks': _more, ...rest } = whole;
  const resolver = createResolver(whole);
  const api = readApi({ ...rest, paths: { [path]: pathItem } }, resolver);
  const operation = api.operations.find((each) => each.method === method.toLowerCase());
  return operation && describe(api, operation, createSchemaReader(resolver));
};
