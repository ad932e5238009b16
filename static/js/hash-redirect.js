/**
 * Older portals addressed operations by fragment: `#/Tag/operationId`, `#tag/Tag/operation/operationId`, `#operation/operationId`. Servers never
 * see fragments, so on elements with `data-hash-redirect` the page is left for `?operation=<id>`, which the server answers with a redirect.
 */
export const redirectLegacyHash = (root) => {
  if (root.querySelector('[data-hash-redirect]') === null) return;
  const { hash } = location;
  const match = /^#\/?(?:tag\/[^/]+\/)?(?:operations?\/)([^/]+)\/?$/.exec(hash) ?? /^#\/[^/]+\/([^/]+)\/?$/.exec(hash);
  if (match === null) return;
  let operation;
  try {
    operation = decodeURIComponent(match[1]);
  } catch {
    return;
  }
  const url = new URL(location.href);
  url.hash = '';
  url.search = '';
  url.searchParams.set('operation', operation);
  location.replace(url);
};
