/** Shows what a form describes in a frame as one types; without this script, its button does. */
const WAIT = 300;

for (const form of document.querySelectorAll('form[data-live-preview]')) {
  const button = form.querySelector('[data-preview]');
  const frame = document.querySelector(`iframe[name="${button?.getAttribute('formtarget')}"]`);
  if (!button || !frame) continue;
  let timer;
  const show = () => {
    const fields = new FormData(form);
    fields.delete('_csrf');
    const address = `${button.getAttribute('formaction')}?${new URLSearchParams(fields)}`;
    frame.contentWindow?.location.replace(address); // no step of the browser's history for each letter
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
}
