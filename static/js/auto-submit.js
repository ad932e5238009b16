/** Forms with `data-auto-submit` go where they lead as soon as something is chosen; their button is not needed then. */
export const enhanceAutoSubmit = (root) => {
  for (const form of root.querySelectorAll('form[data-auto-submit]')) {
    form.dataset.enhanced = '';
    form.addEventListener('change', () => form.requestSubmit());
  }
};
