import { hash, verify } from '@node-rs/argon2';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { Passwords } from '../domain/context.ts';

export interface PasswordCost {
  /** in KiB */
  readonly memory: number;
  readonly passes: number;
}

/** OWASP's minimum for argon2id: 19 MiB, two passes. */
export const DEFAULT_COST: PasswordCost = { memory: 19_456, passes: 2 };

const MIN_LENGTH = 10;
const MAX_LENGTH = 256;
/** What is judged of a long password; the work grows with the square of it. */
const JUDGED_LENGTH = 64;
/** Guesses, as a power of ten, that a password has to withstand: those that a list or a pattern would find take fewer. */
const MIN_GUESSES = 9;

/** argon2id (RFC 9106; the library's default), on the thread pool; new passwords are held against lists of common and breached ones, offline. */
export const createPasswords = ({ memory, passes }: PasswordCost = DEFAULT_COST): Passwords => {
  const options = { memoryCost: memory, timeCost: passes, parallelism: 1 };
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, options),
    verify: async (hashed, password) => {
      nobodys ??= hash('nobody has this password', options);
      const matches = await verify(hashed ?? (await nobodys), password.slice(0, MAX_LENGTH));
      return matches && typeof hashed === 'string';
    },
    weakness: async (password, personal) => {
      const length = [...password].length;
      if (length < MIN_LENGTH) return `Choose a password of at least ${MIN_LENGTH} characters`;
      if (length > MAX_LENGTH) return `Choose a password of at most ${MAX_LENGTH} characters`;
      judge ??= createJudge();
      const { guessesLog10 } = (await judge).check(password.slice(0, JUDGED_LENGTH), wordsOf(personal));
      return guessesLog10 < MIN_GUESSES
        ? 'This password is easy to guess or known from a breach: choose another one, such as a few words in a row'
        : undefined;
    },
  };
};

/** The lists take some megabytes, and half a second to read: a process needs them once, and only if it sees a new password. */
let judge: Promise<ZxcvbnFactory> | undefined;

const createJudge = async (): Promise<ZxcvbnFactory> => {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
};

/** What somebody is called, and the words of it. */
const wordsOf = (personal: readonly string[]): string[] => [
  ...new Set(personal.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)),
];
