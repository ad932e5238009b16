import type { DeveloperId, SessionId } from '../ids.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long an access token opens the API before it has to be refreshed. */
export const ACCESS_MS = 15 * MINUTE;
/** How long a session lives at most. */
export const SESSION_MS = 30 * DAY;
/** After how long without use a session is over. */
export const IDLE_MS = 7 * DAY;
/** How exact the last use is known; written no more often than this. */
export const TOUCH_MS = 5 * MINUTE;

/** A developer whom a request comes from. */
export interface SignedInDeveloper {
  readonly id: DeveloperId;
  readonly email: string;
  readonly fullName: string;
  readonly sessionId: SessionId;
}

/** What a session is used through; shown to the browser when made, kept as hashes. */
export interface SessionTokens {
  /** opens everything, for a short time */
  readonly accessToken: string;
  /** is exchanged for new tokens, once */
  readonly refreshToken: string;
}

/** The browser, or program, that a session belongs to. */
export interface Device {
  /** what its cookie says */
  readonly id: string;
  /** how it calls itself */
  readonly userAgent: string | undefined;
}

/** A session as its owner sees it. */
export interface Session {
  readonly id: SessionId;
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly createdAt: string;
  readonly lastUsedAt: string;
}
