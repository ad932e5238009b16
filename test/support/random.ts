/** Numbers that look random and are the same for the same seed (mulberry32), so that a failure can be repeated. */
export const randomFrom = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    /** a whole number below `bound` */
    below: (bound: number): number => Math.floor(next() * bound),
    chance: (probability: number): boolean => next() < probability,
    /** those of the items that chance picks */
    some: <T>(items: readonly T[], probability: number): T[] => items.filter(() => next() < probability),
  };
};
