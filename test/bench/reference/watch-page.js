/**
 * Runs in every page before its own scripts: tells `portico_readable` when a text shows in the window, and counts how long tasks block.
 * Looking takes at most a tenth of the time, however large the page is.
 */
((phrase) => {
  const watched = { blocking: 0 };
  globalThis.portico_watched = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.blocking += Math.max(0, duration - 50);
  }).observe({ type: 'longtask', buffered: true });

  const shows = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some(
      ({ top, bottom, left, right, width }) =>
        width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && node.parentElement.checkVisibility(),
    );
  };

  const isReadable = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot && isReadable(node.shadowRoot)) return true;
      if (node.nodeType === Node.TEXT_NODE && node.data.replace(/\s+/g, ' ').includes(phrase) && shows(node)) return true;
    }
    return false;
  };

  const look = () => {
    const began = performance.now();
    if (document.body && isReadable(document.body)) portico_readable(performance.now());
    else setTimeout(() => requestAnimationFrame(look), 9 * (performance.now() - began));
  };
  requestAnimationFrame(look);
})(PHRASE);
