const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** The key of `data-shortcut` leads to its field. */
export const enhanceShortcuts = (root) => {
  const fields = [...root.querySelectorAll('input[data-shortcut]')];
  if (fields.length === 0) return;
  root.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const field = fields.find(({ dataset, offsetParent }) => dataset.shortcut === event.key && offsetParent !== null);
    if (field === undefined) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
};
