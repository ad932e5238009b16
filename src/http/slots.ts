import { randomBytes } from 'node:crypto';

/** What of a kept page differs from person to person: their name, the token of their forms, how their applications are registered. */
export type Slot = 'name' | 'csrf' | 'registered';

/** What goes into the slots of a page for whoever asks; as text. */
export type Fill = (slot: Slot) => string;

/** Chosen anew by each process and sent to nobody, so that no text of a page can be taken for a slot. */
const MARK = randomBytes(16).toString('hex');
const PATTERN = new RegExp(`slot-${MARK}-(name|csrf|registered)-`);

/** What a template prints where a slot is to be; see {@link splitAtSlots}. */
export const slotText = (slot: Slot): string => `slot-${MARK}-${slot}-`;

/** A text between its slots: a piece, a slot, a piece, a slot, a piece. */
export const splitAtSlots = (text: string): { pieces: string[]; slots: Slot[] } => {
  const parts = text.split(PATTERN);
  return {
    pieces: parts.filter((_part, index) => index % 2 === 0),
    slots: parts.filter((_part, index) => index % 2 === 1) as Slot[],
  };
};

/** One of the first, one of the second, and so on; the first are one more. */
export const interleave = <T>(outer: readonly T[], inner: readonly T[]): T[] =>
  outer.flatMap((item, index) => (index < inner.length ? [item, inner[index] as T] : [item]));
