import { Decoration, EditorView, isolateHistory, StateEffect, StateField, WidgetType } from '../../vendor/codemirror.js';

const begun = StateEffect.define();
const over = StateEffect.define();

class Note extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }

  eq(other) {
    return other.text === this.text;
  }

  toDOM() {
    const note = document.createElement('span');
    note.className = 'cm-uploading';
    note.textContent = this.text;
    return note;
  }
}

const places = StateField.define({
  create: () => [],
  update: (before, { changes, effects }) => {
    let now = changes.empty ? before : before.map((place) => ({ ...place, at: changes.mapPos(place.at, -1) }));
    for (const effect of effects) {
      if (effect.is(begun)) now = [...now, effect.value];
      if (!effect.is(over)) continue;
      const { key, from, to } = effect.value;
      // what was begun at the same place later comes after it
      now = now.filter((place) => place.key !== key);
      now = now.map((place) => (place.key > key && place.at === from ? { ...place, at: to } : place));
    }
    return now;
  },
  provide: (field) =>
    EditorView.decorations.from(field, (all) =>
      Decoration.set(
        all.map(({ at, text }) => Decoration.widget({ widget: new Note(text), side: -1 }).range(at)),
        true,
      ),
    ),
});

/** Where something is on its way into a text: a note is shown there that is no part of the text, so it is neither saved nor undone. */
export const uploadPlaces = places;

let count = 0;

/** Shows a note in the place of a range, whose text is deleted. Answers the key of the place. */
export const beginUpload = (view, { from, to }, note) => {
  count += 1;
  view.dispatch({
    changes: { from, to },
    effects: begun.of({ key: count, at: from, text: note }),
    scrollIntoView: true,
    ...(from === to ? {} : { annotations: isolateHistory.of('full'), userEvent: 'delete.selection' }),
  });
  return count;
};

/** Puts a text, or nothing, where a note was, in one step that can be undone. */
export const endUpload = (view, key, text) => {
  const { at: from } = view.state.field(places).find((place) => place.key === key);
  const changes = view.state.changes({ from, insert: text });
  const effects = over.of({ key, from, to: from + text.length });
  if (text === '') view.dispatch({ effects });
  else
    view.dispatch({
      ...{ changes, effects, selection: view.state.selection.map(changes, 1) },
      ...{ annotations: isolateHistory.of('full'), userEvent: 'input' },
    });
};
