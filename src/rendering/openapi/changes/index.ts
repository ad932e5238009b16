export {
  badgeOf,
  CHANGES_PER_PAGE,
  type ChangeLinks,
  changesModel,
  effectTabs,
  SHOWN_EFFECTS,
  type ShownEffect,
} from './page-model.ts';
export { comparisonJson } from './plain-json.ts';
export { COMPARER_VERSION, type Comparison, type Difference, EFFECTS, type Effect } from './types.ts';
export { changesMarkdown } from './write-markdown.ts';
