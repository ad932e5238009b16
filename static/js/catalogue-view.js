/**
 * Remembers whether the catalogue was last looked at as cards or as a table. Runs before the page shows: an address that does not say
 * which view it is of leads to the one remembered.
 */
(() => {
  const KEY = 'catalogue-view';
  const address = new URL(location.href);
  const { searchParams } = address;
  try {
    if (searchParams.has('view')) localStorage.setItem(KEY, searchParams.get('view'));
    else if (localStorage.getItem(KEY) === 'table') {
      searchParams.set('view', 'table');
      location.replace(address);
    }
  } catch {
    // Without storage nothing is remembered.
  }
})();
