/** What was chosen last, by name of the group. */
const REMEMBERED = 'tab:';

/** Whether stylesheets can lay stacked details out as tabs. */
const STYLED = CSS.supports('selector(::details-content)');

const remember = (group, label) => {
  try {
    localStorage.setItem(REMEMBERED + group, label);
  } catch {
    // Then it holds for this page.
  }
};

const recall = (group) => {
  try {
    return localStorage.getItem(REMEMBERED + group);
  } catch {
    return null;
  }
};

const panelsOf = (frame) => [...frame.querySelectorAll(':scope > details')];
const labelOf = (panel) => panel.querySelector(':scope > summary').textContent.trim();

/** Opens the panel of that label, if the frame has one. */
const open = (frame, label) => {
  const panels = panelsOf(frame);
  const chosen = panels.find((panel) => labelOf(panel) === label);
  if (chosen === undefined || chosen.open) return;
  for (const panel of panels) panel.open = panel === chosen;
  frame.dispatchEvent(new CustomEvent('tabs:shown'));
};

const openEverywhere = (group, label) => {
  for (const frame of document.querySelectorAll(`[data-tabs="${CSS.escape(group)}"]`)) open(frame, label);
};

let built = 0;

const tabFor = (panel, id) => {
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.id = `${id}-tab`;
  tab.textContent = labelOf(panel);
  tab.setAttribute('role', 'tab');
  tab.setAttribute('aria-controls', id);
  panel.id = id;
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', tab.id);
  return tab;
};

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** The index that a key leads to, undefined for other keys. */
const target = (key, at, count, isRightToLeft) => {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  return step === undefined ? undefined : (at + (isRightToLeft ? -step : step) + count) % count;
};

/** A row of tabs above panels whose summaries are hidden then. */
const build = (frame) => {
  const panels = panelsOf(frame).filter((panel) => panel.matches('[data-tab]'));
  if (panels.length < 2) return;
  const prefix = `tabs-${++built}`;
  const tabs = panels.map((panel, index) => tabFor(panel, panel.id || `${prefix}-${index}`));
  const list = document.createElement('div');
  list.className = 'tab-list';
  list.setAttribute('role', 'tablist');
  if (frame.dataset.label !== undefined) list.setAttribute('aria-label', frame.dataset.label);
  list.append(...tabs);
  frame.prepend(list);
  frame.dataset.enhanced = '';

  const show = (chosen) => {
    for (const [index, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      panels[index].open = index === chosen;
      panels[index].hidden = index !== chosen;
    }
  };
  const choose = (index) => {
    show(index);
    const group = frame.dataset.tabs;
    if (group === '') return;
    remember(group, tabs[index].textContent);
    openEverywhere(group, tabs[index].textContent);
  };
  const opened = () =>
    Math.max(
      panels.findIndex((panel) => panel.open),
      0,
    );
  show(opened());
  frame.addEventListener('tabs:shown', () => show(opened()));
  list.addEventListener('click', (event) => {
    const index = tabs.indexOf(event.target);
    if (index >= 0) choose(index);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(event.target);
    const index = at < 0 ? undefined : target(event.key, at, tabs.length, getComputedStyle(list).direction === 'rtl');
    if (index === undefined) return;
    event.preventDefault();
    choose(index);
    tabs[index].focus();
  });
};

/**
 * Stacks of details in `<div data-tabs="<group>">`: stacks of the same group change together, and what was chosen is remembered. Those whose
 * details have `data-tab` become a row of tabs (named by `data-label`); the others are left to their stylesheet. Without scripts all of them
 * stay what they are: details to open.
 */
export const enhanceTabs = (root) => {
  for (const frame of root.querySelectorAll('[data-tabs]:not([data-enhanced])')) {
    const { tabs: group } = frame.dataset;
    const recalled = group === '' ? null : recall(group);
    if (recalled !== null) open(frame, recalled);
    build(frame);
  }
  root.addEventListener('click', (event) => {
    const panel = event.target.closest?.('[data-tabs]:not([data-enhanced]) > details > summary')?.parentElement;
    if (!panel) return;
    const { tabs: group } = panel.parentElement.dataset;
    if (panel.open) {
      // One of the tabs always shows.
      if (STYLED) event.preventDefault();
    } else if (group !== '') {
      remember(group, labelOf(panel));
      openEverywhere(group, labelOf(panel));
      event.preventDefault();
    }
  });
};
