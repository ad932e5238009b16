import type { Words } from './types.ts';

const MAX_CODE = 120;
const MAX_VALUES = 8;

const clip = (text: string): string => (text.length > MAX_CODE ? `${text.slice(0, MAX_CODE - 1)}…` : text);

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return clip(text === '' ? '""' : text);
};

/** What a document says, as it stands in a sentence. */
export const code = (value: unknown): Words => [{ code: shown(value) }];

/** Tagged template: what is put into it are values of the documents, or words. */
export const say = (strings: TemplateStringsArray, ...values: readonly unknown[]): Words =>
  strings.flatMap((text, index) => {
    const said: Words = text === '' ? [] : [text];
    if (index === values.length) return said;
    const value = values[index];
    return [...said, ...(Array.isArray(value) ? (value as Words) : code(value))];
  });

/** Words of ours that are put together. */
export const plain = (text: string): Words => [text];

/** Values as a list; of many only the first. */
export const listed = (values: readonly unknown[], between = ', '): Words => {
  const first = values
    .slice(0, MAX_VALUES)
    .flatMap((value, index): Words => (index === 0 ? code(value) : [between, ...code(value)]));
  return values.length > MAX_VALUES ? [...first, ` and ${values.length - MAX_VALUES} more`] : first;
};
