import type { z } from 'zod';
import type { Issue, Rule } from '../domain/errors.ts';

type ZodIssue = z.core.$ZodIssue;

/** How many issues are named: whoever sends more of them mends the first ones first. */
const MAX_ISSUES = 100;

/** The issues of a failed parse in the words and rules of the APIs, each once, the first hundred. */
export const issuesOf = (error: z.ZodError): Issue[] => {
  const distinct = new Map<string, Issue>();
  for (const issue of error.issues) {
    for (const found of translate(issue)) distinct.set(`${found.field}\n${found.reason}`, found);
    if (distinct.size >= MAX_ISSUES) break;
  }
  return [...distinct.values()].slice(0, MAX_ISSUES);
};

const fieldOf = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'body' : path.map(String).join('.'));

const TYPES: Record<string, { rule: Rule; words: string }> = {
  string: { rule: 'is_string', words: 'a string' },
  number: { rule: 'is_number', words: 'a number' },
  int: { rule: 'is_integer', words: 'an integer' },
  boolean: { rule: 'is_boolean', words: 'true or false' },
  array: { rule: 'is_array', words: 'a list' },
  object: { rule: 'is_object', words: 'an object' },
  record: { rule: 'is_object', words: 'an object' },
  null: { rule: 'is_null', words: 'null' },
};

const translate = (issue: ZodIssue, base: readonly PropertyKey[] = []): Issue[] => {
  const path = [...base, ...issue.path];
  const field = fieldOf(path);
  const source = 'body' as const;
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined) return [{ field, rule: 'required', reason: `${field} is required`, source }];
      const type = TYPES[issue.expected] ?? { rule: 'invalid', words: `of type ${issue.expected}` };
      return [{ field, rule: type.rule, reason: `${field} must be ${type.words}`, source }];
    }
    case 'too_small': {
      const minimum = Number(issue.minimum);
      if (issue.origin === 'string')
        return [
          { field, rule: 'min_length', minimum, reason: `${field} must not be shorter than ${minimum} characters`, source },
        ];
      if (issue.origin === 'array' || issue.origin === 'set')
        return [{ field, rule: 'min_items', minimum, reason: `${field} must hold at least ${minimum} items`, source }];
      return [{ field, rule: 'min', minimum, reason: `${field} must not be less than ${minimum}`, source }];
    }
    case 'too_big': {
      const maximum = Number(issue.maximum);
      if (issue.origin === 'string')
        return [{ field, rule: 'max_length', maximum, reason: `${field} must not be longer than ${maximum} characters`, source }];
      if (issue.origin === 'array' || issue.origin === 'set')
        return [{ field, rule: 'max_items', maximum, reason: `${field} must hold not more than ${maximum} items`, source }];
      return [{ field, rule: 'max', maximum, reason: `${field} must not be more than ${maximum}`, source }];
    }
    case 'invalid_format':
      return [formatIssue(issue.format, field, issue)];
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_ISSUES).map((key) => {
        const unknown = fieldOf([...path, key]);
        return { field: unknown, rule: 'unknown_property', reason: `${unknown} is not a known property`, source };
      });
    case 'invalid_value':
      if (issue.input === undefined) return [{ field, rule: 'required', reason: `${field} is required`, source }];
      return [
        {
          field,
          rule: 'enum',
          choices: issue.values,
          reason: `${field} must be one of: ${issue.values.map(String).join(', ')}`,
          source,
        },
      ];
    case 'invalid_union': {
      if (issue.input === undefined) return [{ field, rule: 'required', reason: `${field} is required`, source }];
      const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0];
      return closest && closest.length > 0
        ? closest.flatMap((inner) => translate(inner, path))
        : [{ field, rule: 'invalid', reason: `${field} is not valid`, source }];
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => translate(inner, path));
    case 'custom':
      return [customIssue(issue.params, field, issue.message)];
    default:
      return [{ field, rule: 'invalid', reason: `${field} is not valid`, source }];
  }
};

const formatIssue = (format: string, field: string, issue: ZodIssue): Issue => {
  const source = 'body' as const;
  if (format === 'uuid' || format === 'guid') return { field, rule: 'is_uuid', reason: `${field} must be a UUID`, source };
  if (format === 'base64') return { field, rule: 'is_base64', reason: `${field} must be base64`, source };
  if (format === 'hostname') return { field, rule: 'is_fqdn', reason: `${field} must be a fully qualified domain name`, source };
  if (format === 'datetime')
    return { field, rule: 'is_date_time', reason: `${field} must be an instant such as 2026-01-31T09:30:00Z`, source };
  if (format === 'regex' && 'pattern' in issue)
    return {
      field,
      rule: 'matches_regex',
      reason: `${field} must match the regular expression ${String(issue.pattern)}`,
      source,
    };
  return { field, rule: 'invalid', reason: `${field} is not a valid ${format}`, source };
};

/** A check of our own: `params.issue` carries the issue, but for field and reason where it leaves them out. */
const customIssue = (params: Record<string, unknown> | undefined, field: string, message: string): Issue => {
  const given = (params?.['issue'] ?? {}) as Partial<Issue>;
  return { rule: 'invalid', reason: message, source: 'body', ...given, field: given.field ?? field } as Issue;
};
