/** What unfolds the filters of a list where there is little room: says how many of them are set. */
export const filtersText = (...values: readonly (string | undefined)[]): string => {
  const set = values.filter((value) => value !== undefined && value !== '').length;
  return set === 0 ? 'Filters' : `Filters (${set})`;
};
