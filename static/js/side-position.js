/**
 * Brings the place that is shown into view in the navigation beside the page, and leaves the page itself where it is.
 * Browsers that know `scroll-initial-target` have done so already.
 */
const isDone = CSS.supports('scroll-initial-target', 'nearest');
const side = document.querySelector('.page-side-list');
const current = side?.querySelector('[aria-current="page"]');
if (!isDone && side && current) {
  const { top, bottom } = current.getBoundingClientRect();
  const frame = side.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) side.scrollTop += top - frame.top - frame.height / 3;
}
