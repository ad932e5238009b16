import type { Request } from 'express';
import { type FieldFile, filesByField } from '../../../http/uploads.ts';
import { bodyName, formFieldName, MEDIA, parameterName } from '../../../rendering/openapi/console/names.ts';
import type { ConsoleAnswers, ConsoleOperation } from '../../../rendering/openapi/console/types.ts';

/** What was typed, as the console's form sends it. */
export const answersOf = (req: Request): ConsoleAnswers<FieldFile> => {
  const fields = (req.body ?? {}) as Readonly<Record<string, string | string[] | undefined>>;
  const files = filesByField(req);
  return {
    // Browsers send line ends of their own.
    text: (name) => ([fields[name] ?? ''].flat()[0] ?? '').replace(/\r\n?/g, '\n'),
    file: (name) => files.find(({ field }) => field === name),
  };
};

/** What the form holds before anybody has typed. */
export const initialAnswers = ({ parameters, bodies }: ConsoleOperation, media: number): ConsoleAnswers<FieldFile> => {
  const values = new Map([
    [MEDIA, String(media)],
    ...parameters.map(({ initial }, index) => [parameterName(index), initial] as const),
    ...bodies.flatMap(({ initial, fields }, each) => [
      [bodyName(each), initial] as const,
      ...fields.map((field, index) => [formFieldName(each, index), field.initial] as const),
    ]),
  ]);
  return { text: (name) => values.get(name) ?? '', file: () => undefined };
};
