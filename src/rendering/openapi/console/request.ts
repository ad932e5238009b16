import type { Parameter } from '../reference/model/model.ts';
import { headerValue, pathValue, queryPairs } from '../reference/samples/serialise.ts';
import { buildBody } from './body.ts';
import { encodeLoosely, encodeStrictly, typedValue } from './encode.ts';
import { emptyName, parameterName, SERVER, secretName, userName, variableName } from './names.ts';
import type {
  ConsoleAnswers,
  ConsoleOperation,
  ConsoleParameter,
  ConsoleProblem,
  ConsoleRequest,
  ConsoleScheme,
  ConsoleServer,
} from './types.ts';

/** A request, as far as it can be made, and what is wrong with what was typed. */
export interface Built<File> {
  readonly request: ConsoleRequest<File>;
  readonly problems: readonly ConsoleProblem[];
}

export interface BuildOptions {
  /** Placeholders stand for keys, tokens and passwords, for code that is shown. */
  readonly hideSecrets?: boolean;
}

/** A parameter that something was typed for. */
interface Given {
  readonly parameter: ConsoleParameter;
  readonly field: string;
  readonly value: unknown;
}

type Answers = ConsoleAnswers<unknown>;

/** The address of a server: of its variables, only what the specification lists. */
const serverUrl = ({ url, variables }: ConsoleServer, server: number, answers: Answers): string => {
  const chosen = new Map(
    variables.map(({ name, default: value, options }, index) => {
      const wanted = answers.text(variableName(server, index));
      return [name, options.includes(wanted) ? wanted : value];
    }),
  );
  return url.replace(/\{([^{}]*)\}/g, (whole, name: string) => chosen.get(name) ?? whole).replace(/\/$/, '');
};

const baseOf = ({ servers, sampleBase }: ConsoleOperation, answers: Answers): string => {
  const wanted = Number(answers.text(SERVER));
  const index = servers[wanted] === undefined ? 0 : wanted;
  const server = servers[index];
  return server === undefined ? sampleBase : serverUrl(server, index, answers);
};

const JSON_PROBLEM = 'This is not valid JSON';

const readParameters = ({ parameters }: ConsoleOperation, answers: Answers): { given: Given[]; problems: ConsoleProblem[] } => {
  const problems: ConsoleProblem[] = [];
  const given = parameters.flatMap((parameter, index): Given[] => {
    const field = parameterName(index);
    const text = answers.text(field);
    if (text.trim() === '') {
      if (parameter.allowEmptyValue && answers.text(emptyName(index)) !== '') return [{ parameter, field, value: '' }];
      if (parameter.required) problems.push({ field, text: `${parameter.name} is required` });
      return [];
    }
    try {
      return [{ parameter, field, value: typedValue(parameter, text) }];
    } catch {
      problems.push({ field, text: `${parameter.name}: ${JSON_PROBLEM}` });
      return [];
    }
  });
  return { given, problems };
};

/** How a parameter that is written as a media type stands in an address: as it was typed. */
const contentText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const encoderOf = ({ allowReserved }: Pick<Parameter, 'allowReserved'>) => (allowReserved ? encodeLoosely : encodeStrictly);

/** Pieces of a query. Separators and brackets are encoded as well: as they are, some programs refuse them. */
const queryOf = ({ parameter, value }: Given): string[] => {
  const encode = encoderOf(parameter);
  if (parameter.mediaType !== undefined) return [`${encode(parameter.name)}=${encode(contentText(value))}`];
  return queryPairs(parameter, value, encode).map((pair) => pair.replace(/[|[\]]/g, encodeURIComponent));
};

/** A query string that is one parameter (OpenAPI 3.2). */
const wholeQueryOf = ({ parameter: { mediaType }, value }: Given): string => {
  const isForm = /x-www-form-urlencoded/i.test(mediaType ?? '') && typeof value === 'object' && value !== null;
  if (!isForm) return encodeStrictly(contentText(value));
  return new URLSearchParams(Object.entries(value).map(([name, member]) => [name, contentText(member)])).toString();
};

/** Segments that browsers and servers leave out of a path, however they are written. */
const DOTS = /^(?:\.|%2e){1,2}$/i;

const buildPath = (path: string, given: readonly Given[]): { path: string; problems: ConsoleProblem[] } => {
  const problems: ConsoleProblem[] = [];
  const inPath = given.filter(({ parameter }) => parameter.place === 'path');
  const segments = path.split('/').map((template) => {
    const filled = template.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
      const found = inPath.find(({ parameter }) => parameter.name === name);
      if (found === undefined) return whole;
      const { parameter, value } = found;
      return parameter.mediaType === undefined
        ? pathValue(parameter, value, encoderOf(parameter))
        : encodeStrictly(contentText(value));
    });
    const culprit = DOTS.test(filled) && inPath.find(({ parameter }) => template.includes(`{${parameter.name}}`));
    if (culprit) problems.push({ field: culprit.field, text: `${culprit.parameter.name} cannot be dots alone in an address` });
    return filled.replace(/[\s"'<>\\^`|?#]/g, encodeURIComponent);
  });
  const built = segments.join('/');
  return { path: built.startsWith('/') || built === '' ? built : `/${built}`, problems };
};

/** Names and values as headers hold them (RFC 9110, section 5.5). */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const headerOf = ({ parameter, value }: Given): [string, string] => [
  parameter.name,
  parameter.mediaType === undefined ? headerValue(parameter, value) : contentText(value),
];

const cookiesOf = ({ parameter, value }: Given): [string, string][] => {
  const encode = parameter.style === 'cookie' ? (text: string) => text : encodeStrictly;
  if (parameter.mediaType !== undefined) return [[parameter.name, encodeStrictly(contentText(value))]];
  return queryPairs(parameter, value, encode).map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return [name, rest.join('=')];
  });
};

/** What an operation sets by itself, or what says who asks: no parameter does. */
const OWN_HEADERS = /^(?:accept|content-type|authorization)$/i;

interface Credential {
  readonly place: string;
  readonly name: string;
  readonly value: string;
  readonly field: string;
}

const inBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

const credentialOf = (
  { kind, place, parameter, prefix }: ConsoleScheme,
  index: number,
  answers: Answers,
  hideSecrets: boolean,
): Credential[] => {
  const field = secretName(index);
  const [user, secret] = [answers.text(userName(index)), answers.text(field).trim()];
  if (kind === 'other' || (secret === '' && user === '')) return [];
  if (kind === 'basic') {
    const value = hideSecrets ? 'YOUR_CREDENTIALS' : inBase64(`${user}:${answers.text(field)}`);
    return [{ place, name: parameter, value: `Basic ${value}`, field }];
  }
  const shown = hideSecrets ? (kind === 'key' ? 'YOUR_API_KEY' : 'YOUR_TOKEN') : secret;
  return [{ place, name: parameter, value: prefix === '' ? shown : `${prefix} ${shown}`, field }];
};

/** The first problem of each header that no header can have. */
const headerProblems = (headers: readonly (readonly [name: string, value: string, field: string])[]): ConsoleProblem[] =>
  headers.flatMap(([name, value, field]) => {
    if (!HEADER_NAME.test(name)) return [{ field, text: `${name} is no name that a header can have` }];
    return HEADER_VALUE.test(value) ? [] : [{ field, text: `${name} holds characters that no header can hold` }];
  });

/** The same of cookies, which are one header. */
const cookieProblems = (cookies: readonly Given[]): ConsoleProblem[] =>
  cookies
    .filter((found) => cookiesOf(found).some((pair) => !HEADER_VALUE.test(pair.join('='))))
    .map(({ parameter, field }) => ({ field, text: `${parameter.name} holds characters that no cookie can hold` }));

/** Makes the request of an operation from what was typed. Where something is wrong, the request is what could be made of the rest. */
export const buildRequest = <File>(
  operation: ConsoleOperation,
  answers: ConsoleAnswers<File>,
  { hideSecrets = false }: BuildOptions = {},
): Built<File> => {
  const { given, problems } = readParameters(operation, answers);
  const at = (place: string): Given[] => given.filter(({ parameter }) => parameter.place === place);
  const path = buildPath(operation.path, given);
  const credentials = operation.schemes.flatMap((scheme, index) => credentialOf(scheme, index, answers, hideSecrets));
  const proving = (place: string): Credential[] => credentials.filter((credential) => credential.place === place);
  const query = [
    ...at('query').flatMap(queryOf),
    ...at('querystring').map(wholeQueryOf),
    ...proving('query').map(({ name, value }) => `${encodeStrictly(name)}=${encodeStrictly(value)}`),
  ];
  const headers = [
    ...proving('header').map(({ name, value, field }) => [name, value, field] as const),
    ...at('header')
      .filter(({ parameter }) => !OWN_HEADERS.test(parameter.name))
      .map((found) => [...headerOf(found), found.field] as const),
  ];
  const body = buildBody(operation, answers);
  const accept: [string, string][] = operation.accept === '' ? [] : [['Accept', operation.accept]];
  return {
    request: {
      method: operation.method,
      url: `${baseOf(operation, answers)}${path.path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
      headers: [...headers.map(([name, value]): [string, string] => [name, value]), ...accept],
      cookies: [
        ...at('cookie').flatMap(cookiesOf),
        ...proving('cookie').map(({ name, value }): [string, string] => [name, encodeStrictly(value)]),
      ],
      body: body.body,
    },
    problems: [...problems, ...path.problems, ...headerProblems(headers), ...cookieProblems(at('cookie')), ...body.problems],
  };
};
