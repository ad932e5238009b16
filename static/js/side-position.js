/**
 * Brings the place that is shown into view in the navigation beside the page, and leaves the page itself where it is.
 * Browsers that know `scroll-initial-target` have done so already.
 */
export const enhanceSidePosition = (root) => {
  if (CSS.supports('scroll-initial-target', 'nearest')) return;
  const side = root.querySelector('.page-side-list');
  const current = side?.querySelector('[aria-current="page"]');
  if (!side || !current) return;
  const { top, bottom } = current.getBoundingClientRect();
  const frame = side.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) side.scrollTop += top - frame.top - frame.height / 3;
};
