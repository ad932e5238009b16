import { type Issue, invalid } from '../errors.ts';

/** Labels: key and value, at most 50 on a thing. */
export type Labels = Readonly<Record<string, string>>;

/** A change of labels: merged into those that are there; a null value removes one, null as a whole removes all. */
export type LabelChanges = Readonly<Record<string, string | null>> | null;

const MAX_LABELS = 50;
const MAX_LENGTH = 63;
const PATTERN = /^[a-z0-9A-Z]([a-z0-9A-Z\-._]*[a-z0-9A-Z])?$/;
const RESERVED = ['kong', 'konnect', 'mesh', 'kic', '_'];

/** What is wrong with labels, key by key; empty when nothing is. `field` is their name in the request. */
export const labelIssues = (labels: Readonly<Record<string, string | null>>, field = 'labels'): Issue[] => {
  const entries = Object.entries(labels);
  const issues: Issue[] = [];
  if (entries.length > MAX_LABELS)
    issues.push({
      field,
      rule: 'max_items',
      maximum: MAX_LABELS,
      reason: `${field} must contain not more than ${MAX_LABELS} labels`,
    });
  for (const [key, value] of entries)
    issues.push(...keyIssues(key, field), ...(value === null ? [] : valueIssues(key, value, field)));
  return issues;
};

const keyIssues = (key: string, field: string): Issue[] => {
  const at = `${field}.${key}`;
  if (key.length > MAX_LENGTH)
    return [
      {
        field: at,
        rule: 'max_length',
        maximum: MAX_LENGTH,
        reason: `a label's key must not be longer than ${MAX_LENGTH} characters`,
      },
    ];
  const reserved = RESERVED.find((prefix) => key.toLowerCase().startsWith(prefix));
  if (reserved !== undefined)
    return [{ field: at, rule: 'is_label', reason: `a label's key must not start with "${reserved}": that prefix is reserved` }];
  if (!PATTERN.test(key)) return [{ field: at, rule: 'is_label', reason: `a label's key must ${SHAPE}` }];
  return [];
};

const SHAPE = 'consist of letters, digits, "-", "." and "_", and begin and end with a letter or digit';

const valueIssues = (key: string, value: string, field: string): Issue[] => {
  const at = `${field}.${key}`;
  if (value.length > MAX_LENGTH)
    return [
      {
        field: at,
        rule: 'max_length',
        maximum: MAX_LENGTH,
        reason: `a label's value must not be longer than ${MAX_LENGTH} characters`,
      },
    ];
  if (!PATTERN.test(value)) return [{ field: at, rule: 'is_label', reason: `a label's value must ${SHAPE}` }];
  return [];
};

/** Labels after a change. */
export const mergeLabels = (labels: Labels, changes: LabelChanges | undefined): Labels => {
  if (changes === undefined) return labels;
  if (changes === null) return {};
  const merged = new Map(Object.entries(labels));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
};

/** The labels, when nothing is wrong with them as a whole. @throws invalid naming each that is wrong */
export const checkLabels = (labels: Labels): Labels => {
  const [first, ...rest] = labelIssues(labels);
  if (first) throw invalid(first, ...rest);
  return labels;
};
