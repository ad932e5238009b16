/** For how long a form that is sent again was meant to be sent once, in milliseconds. */
const TWICE_MS = 2000;

const methodOf = ({ submitter, target }) => submitter?.getAttribute('formmethod') ?? target.getAttribute('method');

/** What a form changes is changed once, also when its button is pressed twice: the second time would meet what the first has done. */
export const enhanceOnce = (root) => {
  const sent = new WeakMap();
  root.addEventListener('submit', (event) => {
    // A script that sends a form itself knows when it may be sent again.
    if (event.defaultPrevented || methodOf(event) !== 'post') return;
    const { target } = event;
    if (Date.now() - (sent.get(target) ?? 0) < TWICE_MS) event.preventDefault();
    else sent.set(target, Date.now());
  });
};
