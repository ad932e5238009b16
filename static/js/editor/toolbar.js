const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** A toolbar is one stop of the Tab key: within it, arrow keys lead on. */
export const enhanceToolbar = (toolbar) => {
  const tools = [...toolbar.querySelectorAll('button')];
  const focusable = (chosen) => {
    for (const tool of tools) tool.tabIndex = tool === chosen ? 0 : -1;
  };
  focusable(tools[0]);
  toolbar.addEventListener('focusin', ({ target }) => focusable(target));
  toolbar.addEventListener('keydown', (event) => {
    const at = tools.indexOf(event.target);
    const steps = getComputedStyle(toolbar).direction === 'rtl' ? -STEPS[event.key] : STEPS[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? tools.length - 1 : at + steps;
    if (at < 0 || Number.isNaN(next)) return;
    event.preventDefault();
    tools[(next + tools.length) % tools.length].focus();
  });
};
