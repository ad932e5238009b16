import { gunzipSync } from 'node:zlib';
import { type Answer, readPage } from '../../support/app.ts';

/** A page of a reference as it was read. */
export interface Visited {
  readonly address: string;
  readonly kind: Kind;
  /** Bytes as they are, and as they were sent to whoever takes gzip. */
  readonly bytes: number;
  readonly compressed: number;
}

export type Kind = 'overview' | 'tag' | 'operations' | 'schemas' | 'changes' | 'console' | 'first';

export interface Read extends Visited {
  readonly status: number;
  readonly html: string;
}

const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['console', /\/try(?:\?|$)/],
  ['operations', /\/operations\b/],
  ['schemas', /\/schemas\b/],
  ['changes', /\/changes\b/],
  ['tag', /[?&]tag=/],
];

export const kindOf = (address: string): Kind => PATTERNS.find(([, pattern]) => pattern.test(address))?.[0] ?? 'overview';

/** What browsers send of somebody who comes by a link from another site. */
const FROM_ELSEWHERE = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

/** Reads pages of a portal as browsers do: what is compressed is what went over the wire. */
export const pageReader = (port: number, host: string) => {
  const read = async (address: string, kind: Kind, headers: Record<string, string>): Promise<Read> => {
    const answer: Answer = await readPage(port, address, host, { 'accept-encoding': 'gzip', ...headers });
    const isPacked = answer.headers['content-encoding'] === 'gzip';
    const body = isPacked ? gunzipSync(answer.body) : answer.body;
    const { status } = answer;
    return { address, kind, status, html: body.toString('utf8'), bytes: body.length, compressed: answer.body.length };
  };
  return {
    /** As somebody gets it who follows a link within the portal. */
    page: (address: string): Promise<Read> => read(address, kindOf(address), {}),
    /** As somebody gets it who comes from elsewhere. */
    firstPage: (address: string): Promise<Read> => read(address, 'first', FROM_ELSEWHERE),
  };
};

export type PageReader = ReturnType<typeof pageReader>;
