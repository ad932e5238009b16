import { formPairs, typedValue } from './encode.ts';
import { bodyName, formFieldName, MEDIA } from './names.ts';
import type {
  ConsoleAnswers,
  ConsoleBody,
  ConsoleFormField,
  ConsoleOperation,
  ConsolePart,
  ConsoleProblem,
  ConsoleRequestBody,
} from './types.ts';

interface BuiltBody<File> {
  readonly body: ConsoleRequestBody<File> | undefined;
  readonly problems: readonly ConsoleProblem[];
}

const NOTHING = { body: undefined, problems: [] } as const;

/** The place of the media type that was chosen; that of the first one where none was. */
export const chosenMedia = ({ bodies }: ConsoleOperation, answers: ConsoleAnswers<unknown>): number => {
  const wanted = Number(answers.text(MEDIA));
  return bodies[wanted] === undefined ? 0 : wanted;
};

const isJson = ({ kind, type }: ConsoleBody): boolean => kind === 'text' && /[/+]json\b/i.test(type);

/**
 * What was typed for one media type, where it will do for another that is chosen instead: both are JSON, and nothing was typed for that
 * one. Undefined where it will not.
 */
export const carriedText = (
  { bodies }: ConsoleOperation,
  answers: ConsoleAnswers<unknown>,
  from: number,
  to: number,
): string | undefined => {
  const [left, chosen] = [bodies[from], bodies[to]];
  if (left === undefined || chosen === undefined || !isJson(left) || !isJson(chosen)) return undefined;
  const typed = answers.text(bodyName(from));
  return typed === left.initial || answers.text(bodyName(to)) !== chosen.initial ? undefined : typed;
};

/** A media type that can be sent where the specification gives a range. */
const sendableType = (type: string, fallback: string): string => (type.includes('*') ? fallback : type);

/** What each field that something was typed for is sent as. */
const partsOf = <File>(field: ConsoleFormField, value: unknown): ConsolePart<File>[] =>
  formPairs(field, value).map(([name, text]) => ({
    ...{ name, value: text },
    contentType: field.contentType ?? (field.kind === 'json' && field.style === undefined ? 'application/json' : undefined),
  }));

const fill = <File>(
  field: ConsoleFormField,
  name: string,
  answers: ConsoleAnswers<File>,
): ConsolePart<File>[] | ConsoleProblem | undefined => {
  if (field.kind === 'file') {
    const file = answers.file(name);
    return file === undefined ? undefined : [{ name: field.name, file }];
  }
  const text = answers.text(name);
  if (text.trim() === '') return undefined;
  try {
    return partsOf(field, typedValue(field, text));
  } catch {
    return { field: name, text: `${field.name}: This is not valid JSON` };
  }
};

const buildForm = <File>(
  { type, kind, fields }: ConsoleBody,
  media: number,
  isRequired: boolean,
  answers: ConsoleAnswers<File>,
): BuiltBody<File> => {
  const parts: ConsolePart<File>[] = [];
  const [problems, missing]: [ConsoleProblem[], ConsoleProblem[]] = [[], []];
  for (const [index, field] of fields.entries()) {
    const name = formFieldName(media, index);
    const filled = fill(field, name, answers);
    if (Array.isArray(filled)) parts.push(...filled);
    else if (filled !== undefined) problems.push(filled);
    else if (field.required) missing.push({ field: name, text: `${field.name} is required` });
  }
  // A form that may be left out is, when nothing was typed.
  if (parts.length === 0 && problems.length === 0 && !isRequired) return NOTHING;
  const pairs = parts.map((part): [string, string] => [part.name, 'value' in part ? part.value : '']);
  const body: ConsoleRequestBody<File> =
    kind === 'multipart'
      ? { kind, type: sendableType(type, 'multipart/form-data'), parts }
      : { kind: 'form', type: sendableType(type, 'application/x-www-form-urlencoded'), pairs };
  return { body, problems: [...problems, ...missing] };
};

/** Makes the body of the chosen media type. */
export const buildBody = <File>(operation: ConsoleOperation, answers: ConsoleAnswers<File>): BuiltBody<File> => {
  const media = chosenMedia(operation, answers);
  const chosen = operation.bodies[media];
  if (chosen === undefined) return NOTHING;
  const name = bodyName(media);
  const missing = operation.bodyRequired ? [{ field: name, text: 'A body is required' }] : [];
  if (chosen.kind === 'form' || chosen.kind === 'multipart') return buildForm(chosen, media, operation.bodyRequired, answers);
  if (chosen.kind === 'file') {
    const file = answers.file(name);
    const type = sendableType(chosen.type, 'application/octet-stream');
    return file === undefined ? { body: undefined, problems: missing } : { body: { kind: 'file', type, file }, problems: [] };
  }
  const text = answers.text(name);
  if (text.trim() === '') return { body: undefined, problems: missing };
  return { body: { kind: 'text', type: sendableType(chosen.type, 'application/json'), text }, problems: [] };
};
