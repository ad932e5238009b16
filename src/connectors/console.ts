import type { SendTrial, Trial } from '../domain/context.ts';
import { networksOf } from './reachable.ts';
import { FetchFailure, safeFetch } from './safe-fetch.ts';

/** What belongs to a connection (RFC 9110, section 7.6.1), or is ours to say. Cookies of the console's own page are never among them. */
const NOT_SENT =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect|accept-encoding)$/i;
const NOT_SHOWN = /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|set-cookie2?)$/i;

/** Methods that open something else than a request, or repeat to whoever asks what came from us. */
const REFUSED_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

const headersOf = ({ headers }: Trial): Record<string, string> =>
  Object.fromEntries([...headers.filter(([name]) => !NOT_SENT.test(name)), ['accept-encoding', 'identity']]);

/**
 * Sends requests of the console for people's browsers. Redirects are not followed.
 * @param networks private networks that may be reached, too
 */
export const createTrialSender = ({
  networks,
  timeoutMs,
  maxBytes,
}: {
  readonly networks: readonly string[];
  readonly timeoutMs: number;
  readonly maxBytes: number;
}): SendTrial => {
  const allowed = networksOf(networks);
  return async (trial) => {
    const { method, url, body } = trial;
    if (REFUSED_METHODS.has(method))
      return { answered: false, reason: 'method not allowed', message: `${method} requests are not sent from here` };
    const started = performance.now();
    try {
      const answer = await safeFetch({
        ...{ url, method, headers: headersOf(trial), body, trust: 'anybody', allowed, timeoutMs, maxBytes },
        maxRedirects: 0,
      });
      return {
        answered: true,
        status: answer.status,
        headers: Object.entries(answer.headers).flatMap(([name, value]) =>
          value === undefined || NOT_SHOWN.test(name) ? [] : [[name, [value].flat().join(', ')] as const],
        ),
        body: answer.body,
        milliseconds: performance.now() - started,
      };
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      return { answered: false, reason: error.reason, message: error.message };
    }
  };
};
