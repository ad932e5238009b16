let groups = 0;

/** What was chosen last by name of a group, so that all code samples of a page change together. */
const REMEMBERED = 'tab:';

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

const build = (frame) => {
  const panels = [...frame.querySelectorAll(':scope > details')];
  if (panels.length < 2) return undefined;
  const prefix = `tabs-${++groups}`;
  const list = document.createElement('div');
  list.className = 'tab-list';
  list.setAttribute('role', 'tablist');
  if (frame.dataset.label !== undefined) list.setAttribute('aria-label', frame.dataset.label);
  const tabs = panels.map((panel, index) => {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = `${prefix}-tab-${index}`;
    tab.textContent = panel.querySelector('summary').textContent.trim();
    tab.setAttribute('role', 'tab');
    panel.id ||= `${prefix}-panel-${index}`;
    tab.setAttribute('aria-controls', panel.id);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    return tab;
  });
  const select = (chosen) => {
    tabs.forEach((tab, index) => {
      const isChosen = index === chosen;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panels[index].open = isChosen;
      panels[index].hidden = !isChosen;
    });
  };
  list.append(...tabs);
  frame.prepend(list);
  frame.dataset.enhanced = '';
  return { frame, list, tabs, panels, select };
};

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Turns `<div data-tabs="<group>" data-label="…">` with stacked `<details data-tab>` into tabs. Groups of the same name change together and are
 * remembered; without scripts they stay what they are, one open after the other.
 */
export const enhanceTabs = (root) => {
  const built = [...root.querySelectorAll('[data-tabs]:not([data-enhanced])')].map(build).filter((tabs) => tabs !== undefined);
  const choose = (tabSet, index) => {
    tabSet.select(index);
    const { tabs: group } = tabSet.frame.dataset;
    if (group === '') return;
    const label = tabSet.tabs[index].textContent;
    remember(group, label);
    for (const frame of document.querySelectorAll(`[data-tabs="${CSS.escape(group)}"][data-enhanced]`)) {
      if (frame !== tabSet.frame) frame.dispatchEvent(new CustomEvent('tabs:choose', { detail: label }));
    }
  };
  for (const tabSet of built) {
    const { frame, list, tabs, panels, select } = tabSet;
    const indexOf = (label) => tabs.findIndex((tab) => tab.textContent === label);
    const opened = panels.findIndex((panel) => panel.open);
    const recalled = frame.dataset.tabs === '' ? -1 : indexOf(recall(frame.dataset.tabs));
    select(recalled >= 0 ? recalled : Math.max(opened, 0));
    list.addEventListener('click', (event) => {
      const index = tabs.indexOf(event.target.closest('[role="tab"]'));
      if (index >= 0) choose(tabSet, index);
    });
    list.addEventListener('keydown', (event) => {
      const step = (STEPS[event.key] ?? 0) * (getComputedStyle(list).direction === 'rtl' ? -1 : 1);
      const at = tabs.indexOf(document.activeElement);
      const next = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step === 0 ? -1 : at + step;
      if (at < 0 || (next === -1 && step === 0)) return;
      event.preventDefault();
      const index = (next + tabs.length) % tabs.length;
      choose(tabSet, index);
      tabs[index].focus();
    });
    frame.addEventListener('tabs:choose', (event) => {
      const index = indexOf(event.detail);
      if (index >= 0) select(index);
    });
  }
};
