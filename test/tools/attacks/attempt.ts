import type { Answer } from '../../support/app.ts';

/** Something that was tried many times over, and what came of it. */
export interface Attack {
  readonly name: string;
  tried: number;
  /** each try that succeeded, in words */
  readonly successes: string[];
  /** what else there is to say, such as what was measured */
  note: string;
  /** Counts a try. Answers whether it succeeded. */
  try(what: string, hasSucceeded: boolean): boolean;
}

export const attack = (name: string): Attack => {
  const successes: string[] = [];
  return {
    name,
    tried: 0,
    successes,
    note: '',
    try(what, hasSucceeded) {
      this.tried++;
      if (hasSucceeded) successes.push(what);
      return hasSucceeded;
    },
  };
};

/** An answer as the account of a success tells it. */
export const told = ({ status, headers, text }: Answer): string =>
  [status, headers.location ?? '', text.replace(/\s+/g, ' ').slice(0, 120)].join(' ').trim();

/** Whether an answer says that what was asked for is done, or shows it; being led to a log-in is neither. */
export const isGranted = ({ status, headers }: Answer): boolean =>
  status < 400 && !/^(\/admin\/log-in|\/login)(\?|$)/.test(headers.location ?? '');
