/** Shows the specification that the page names. Styles and search are Redoc's own; nothing is loaded but from here. */
const place = document.querySelector('[data-redoc]');

globalThis.Redoc.init(
  place.dataset.redoc,
  {
    sanitize: true,
    untrustedSpec: true,
    hideDownloadButton: true,
    nativeScrollbars: true,
    theme: { typography: { fontFamily: 'inherit', headings: { fontFamily: 'inherit' } } },
  },
  place,
);
