/** The editor component, as `static/js/editor` uses it; bundled into `static/vendor` by the build. */
export { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
export { defaultKeymap, history, historyKeymap, indentLess, indentMore, isolateHistory } from '@codemirror/commands';
export { deleteMarkupBackward, insertNewlineContinueMarkupCommand, markdown, markdownLanguage } from '@codemirror/lang-markdown';
export { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
export { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
export { EditorSelection, EditorState, StateEffect, StateField } from '@codemirror/state';
export { Decoration, drawSelection, EditorView, highlightSpecialChars, keymap, WidgetType } from '@codemirror/view';
// the one that `@codemirror/language` brings: another copy would have tags of its own
export { tags } from '@lezer/highlight';
