/** What somebody was told, or was not because the connection broke. */
export type Outcome = 'acknowledged' | 'unknown';

/** Something about which somebody decides. */
export interface Decided {
  approved?: Outcome;
  /** Whether the approval was taken back; absent where that was not asked for, or came too late. */
  undone?: Outcome;
}

/** An application with what was asked for it. */
export interface AskedFor extends Decided {
  readonly name: string;
  readonly email: string;
  /** made and registered by one form: never one without the other */
  readonly combined: boolean;
  readonly created: Outcome;
  registered?: Outcome;
  /** names of keys */
  readonly keys: Map<string, Outcome>;
}

/** Somebody who signed up. */
export interface Newcomer extends Decided {
  readonly email: string;
  readonly name: string;
  signedUp: Outcome;
  /** the address, by the link of its mail */
  confirmed?: Outcome;
}

/** Everything that was asked for, and what was answered. */
export interface Ledger {
  readonly newcomers: Newcomer[];
  readonly applications: AskedFor[];
  /** answers that nobody should get */
  readonly surprises: string[];
}

export const newLedger = (): Ledger => ({ newcomers: [], applications: [], surprises: [] });

export const acknowledged = ({ newcomers, applications }: Ledger): number => {
  const outcomes = [
    ...newcomers.flatMap(({ signedUp, confirmed, approved, undone }) => [signedUp, confirmed, approved, undone]),
    ...applications.flatMap(({ created, registered, approved, undone, keys }) => [
      ...[created, registered, approved, undone],
      ...keys.values(),
    ]),
  ];
  return outcomes.filter((outcome) => outcome === 'acknowledged').length;
};
