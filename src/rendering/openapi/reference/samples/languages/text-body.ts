import type { SampleBody } from '../request.ts';
import { jsonText } from './literals.ts';

/** A body as plain text, for languages whose HTTP clients take text; undefined for those that need more. */
export const textBody = (body: SampleBody | undefined): string | undefined => {
  switch (body?.kind) {
    case 'json':
      return jsonText(body.value);
    case 'text':
      return body.text;
    case 'form':
      return new URLSearchParams(body.fields.map(({ name, value }) => [name, value] as [string, string])).toString();
    default:
      return undefined;
  }
};

/** Headers with the content type that a form's text needs. */
export const withFormType = (headers: [string, string][], body: SampleBody | undefined): [string, string][] =>
  body?.kind === 'form' ? [...headers, ['Content-Type', 'application/x-www-form-urlencoded']] : headers;
