/** Marks in the outline the heading that is being read. */
export const enhanceOutline = (root) => {
  const links = new Map();
  for (const link of root.querySelectorAll('.outline a[href^="#"]')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading !== null) links.set(heading, link);
  }
  if (links.size === 0) return;
  const above = new Set();
  const headings = [...links.keys()];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
        const isRead = isIntersecting || boundingClientRect.top < (rootBounds?.top ?? 0);
        if (isRead) above.add(target);
        else above.delete(target);
      }
      const current = headings.findLast((heading) => above.has(heading)) ?? headings[0];
      for (const [heading, link] of links) {
        if (heading === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '0px 0px -70% 0px' },
  );
  for (const heading of headings) observer.observe(heading);
};
