import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { mayReach, type Networks, type Trust } from './reachable.ts';

/** A request to somewhere else. */
export interface OutgoingRequest {
  readonly url: string;
  /** upper case; GET when absent */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | undefined;
  /** who chose the address */
  readonly trust: Trust;
  /** addresses that may be reached although whoever chose them could not; but never those that nobody may reach */
  readonly allowed?: Networks;
  /** how long everything may take, redirects included */
  readonly timeoutMs?: number;
  /** how large the answer may be */
  readonly maxBytes?: number;
  /** how often to follow; other methods than GET only where the answer says to repeat them (RFC 9110, section 15.4) */
  readonly maxRedirects?: number;
  readonly verifyCertificate?: boolean;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** where it came from in the end */
  readonly url: string;
}

/** Why there was no answer. */
export type FetchFailureReason =
  | 'address not allowed'
  | 'name not found'
  | 'not reachable'
  | 'certificate not valid'
  | 'no answer in time'
  | 'answer too large'
  | 'too many redirects';

/** There was no answer that could be used; `message` is meant for whoever chose the address. */
export class FetchFailure extends Error {
  readonly reason: FetchFailureReason;
  constructor(reason: FetchFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FetchFailure';
    this.reason = reason;
  }
}

const DEFAULTS = { timeoutMs: 10_000, maxBytes: 1_000_000, maxRedirects: 0 };

/**
 * Sends a request to an address that somebody chose: the only way out of the program. The name is resolved once, every address that it
 * has must be one that may be reached, and the connection is made to one that was checked; redirects are checked like the first address.
 * @throws FetchFailure
 */
export const safeFetch = async (request: OutgoingRequest): Promise<OutgoingAnswer> => {
  const { timeoutMs, maxRedirects } = { ...DEFAULTS, ...request };
  const signal = AbortSignal.timeout(timeoutMs);
  let next = request;
  for (let redirects = 0; ; redirects++) {
    const answer = await send(next, signal);
    const location = redirectOf(next, answer);
    if (location === undefined || maxRedirects === 0) return answer;
    if (redirects === maxRedirects)
      throw new FetchFailure('too many redirects', `There were more than ${maxRedirects} redirects`);
    next = { ...next, ...location };
  }
};

/** Where an answer sends the request on to, if it does; what is meant for one origin is not shown to another. */
const redirectOf = (
  { url, method = 'GET', headers = {} }: OutgoingRequest,
  { status, headers: { location } }: OutgoingAnswer,
): Pick<OutgoingRequest, 'url' | 'headers'> | undefined => {
  const repeats = status === 307 || status === 308 || (method === 'GET' && [301, 302, 303].includes(status));
  if (!repeats || location === undefined || !URL.canParse(location, url)) return undefined;
  const target = new URL(location, url);
  const isSameOrigin = target.origin === new URL(url).origin;
  const kept = Object.entries(headers).filter(([name]) => isSameOrigin || !/^(authorization|cookie)$/i.test(name));
  return { url: target.href, headers: Object.fromEntries(kept) };
};

const send = async (request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> => {
  const url = webAddress(request.url);
  const addresses = await resolve(url, request, signal);
  try {
    return await exchange(request, url, addresses, signal);
  } catch (error) {
    throw error instanceof FetchFailure ? error : failureOf(error, url, signal);
  }
};

const webAddress = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
  throw new FetchFailure('address not allowed', 'Only http and https addresses without a password in them can be reached');
};

/** The addresses to connect to. Names that have any address which may not be reached are not reached at all. */
const resolve = async (
  url: URL,
  { trust, allowed }: Pick<OutgoingRequest, 'trust' | 'allowed'>,
  signal: AbortSignal,
): Promise<LookupAddress[]> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolveName(host, signal);
  if (addresses.length === 0) throw new FetchFailure('name not found', `${host} has no address`);
  if (!addresses.every(({ address }) => mayReach(address, trust, allowed)))
    throw new FetchFailure('address not allowed', `${host} is at an address that may not be reached`);
  return addresses;
};

const resolveName = async (host: string, signal: AbortSignal): Promise<LookupAddress[]> => {
  try {
    return await Promise.race([lookup(host, { all: true }), aborted(signal)]);
  } catch (error) {
    if (signal.aborted) throw failureOf(error, host, signal);
    throw new FetchFailure('name not found', `${host} could not be resolved`, { cause: error });
  }
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const exchange = (request: OutgoingRequest, url: URL, addresses: readonly LookupAddress[], signal: AbortSignal) =>
  new Promise<OutgoingAnswer>((resolve, reject) => {
    const { method = 'GET', headers = {}, body, verifyCertificate = true, maxBytes = DEFAULTS.maxBytes } = request;
    const options: RequestOptions & { rejectUnauthorized?: boolean } = {
      method,
      headers: {
        'user-agent': 'Portico',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      agent: false,
      signal,
      // the name was resolved and checked already: asking again might answer something else
      lookup: (_host, { all }, done) =>
        all ? done(null, [...addresses]) : done(null, addresses[0]?.address ?? '', addresses[0]?.family),
      ...(url.protocol === 'https:' ? { rejectUnauthorized: verifyCertificate } : {}),
    };
    const begin = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = begin(url, options, (res) => {
      readAll(res, maxBytes).then(
        (bytes) => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: bytes, url: url.href }),
        reject,
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });

const readAll = async (res: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of res as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new FetchFailure('answer too large', `The answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|EPROTO/;

const failureOf = (error: unknown, at: URL | string, signal: AbortSignal): FetchFailure => {
  const host = typeof at === 'string' ? at : at.host;
  const options = { cause: error };
  if (signal.aborted) return new FetchFailure('no answer in time', `${host} did not answer in time`, options);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (CERTIFICATE.test(code))
    return new FetchFailure('certificate not valid', `The certificate of ${host} is not valid (${code})`, options);
  return new FetchFailure('not reachable', `${host} cannot be reached${code === '' ? '' : ` (${code})`}`, options);
};
