const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const distance = (instant, format) => {
  const seconds = Math.round((instant.getTime() - Date.now()) / 1000);
  for (const [unit, size] of UNITS) if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, 'second');
};

/** Shows instants in the visitor's zone; those with `data-relative` as distance from now, with the full instant as title. */
export const enhanceTimes = (root) => {
  const elements = root.querySelectorAll('time[data-relative]');
  // The first formatter of a page takes browsers some 30 ms.
  if (elements.length === 0) return;
  const { lang } = document.documentElement;
  const full = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  for (const element of elements) {
    const instant = new Date(element.dateTime);
    if (Number.isNaN(instant.getTime())) continue;
    element.title = full.format(instant);
    element.textContent = distance(instant, relative);
  }
};
