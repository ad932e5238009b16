/** Which colour a status has: `success`, `info`, `warning`, `danger` or `default`. */
export const statusKind = (status: string): string => {
  const kinds = new Map([
    ['1', 'info'],
    ['2', 'success'],
    ['3', 'info'],
    ['4', 'warning'],
    ['5', 'danger'],
  ]);
  return (/^[1-5](?:\d\d|XX)$/.test(status) && kinds.get(status.charAt(0))) || 'default';
};
