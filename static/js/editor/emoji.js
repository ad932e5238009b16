const SHOWN = 160;

let loading;

/** The emoji that documents may name, by name; loaded when they are first asked for. */
const loadEmoji = () => {
  loading ??= import('../../vendor/emoji.js').then(({ EMOJI }) => Object.entries(EMOJI));
  return loading;
};

/** Completes `:names:`. */
export const emojiCompletion = async (context) => {
  const word = context.matchBefore(/(?:^|(?<=[\s(])):[a-z0-9_+-]{2,}/);
  if (!word) return null;
  const emoji = await loadEmoji();
  const options = emoji.map(([name, sign]) => ({ label: `:${name}:`, detail: sign }));
  return { from: word.from, options, validFor: /^:[a-z0-9_+-]*$/ };
};

/** Fills the panel of emoji, which are found by their names. */
export const emojiPanel = (panel, choose) => {
  const list = panel.querySelector('[data-emoji-list]');
  const field = panel.querySelector('input');
  const show = async () => {
    const emoji = await loadEmoji();
    const words = field.value
      .toLowerCase()
      .split(/[\s_:]+/)
      .filter(Boolean);
    const found = emoji.filter(([name]) => words.every((word) => name.includes(word))).slice(0, SHOWN);
    list.replaceChildren(
      ...found.map(([name, sign]) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.title = `:${name}:`;
        button.setAttribute('aria-label', name.replaceAll('_', ' '));
        button.textContent = sign;
        button.addEventListener('click', () => choose(`:${name}:`));
        return button;
      }),
    );
  };
  panel.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'open') return;
    void show();
    field.focus();
  });
  field.addEventListener('input', show);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    list.querySelector('button')?.click();
  });
};
