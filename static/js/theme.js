const CHOICES = ['light', 'dark', 'system'];
const YEAR = 31_536_000;
const LABELS = { light: 'light', dark: 'dark', system: 'as your system' };

const current = () => {
  const { theme } = document.documentElement.dataset;
  return CHOICES.includes(theme) ? theme : 'system';
};

const show = (button, choice) => {
  const next = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
  const label = `Theme: ${LABELS[choice]}. Switch to ${LABELS[next]}`;
  button.dataset.choice = choice;
  button.title = label;
  button.querySelector('[data-theme-label]').textContent = label;
  button.hidden = false;
};

/** Makes the theme switches work: each press goes from light to dark to what the system says. */
export const enhanceThemeSwitch = (root) => {
  for (const button of root.querySelectorAll('[data-theme-switch]')) {
    show(button, current());
    button.addEventListener('click', () => {
      const choice = CHOICES[(CHOICES.indexOf(current()) + 1) % CHOICES.length];
      document.documentElement.dataset.theme = choice;
      // Read by the server, which sends pages in this look; without cookies it holds for this page.
      // biome-ignore lint/suspicious/noDocumentCookie: the way that every browser knows
      document.cookie = `theme=${choice}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
      show(button, choice);
    });
  }
};
