export { compareTexts, type DiffLine, type DiffPart, type TextDiff } from './compare-texts.ts';
