import type { SafeHtml } from '../../../lib/html.ts';
import { printCodeSamples } from '../reference/samples/code-samples.ts';
import type { SampleBody, SampleRequest } from '../reference/samples/request.ts';
import type { ConsoleRequest, ConsoleRequestBody } from './types.ts';

/** Longer texts are a file, or cut: nobody reads them ten times over, and no page should hold them. */
const MAX_TEXT = 20_000;

const shortened = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

/** A text says nothing of its type, unless it has another. */
const typeOf = (type: string | undefined): { type?: string } => (type === undefined || type === 'text/plain' ? {} : { type });

const sampleBody = (body: ConsoleRequestBody<unknown> | undefined): SampleBody | undefined => {
  switch (body?.kind) {
    case 'text':
      return body.text.length > MAX_TEXT ? { kind: 'file' } : { kind: 'text', text: body.text };
    case 'form':
      return { kind: 'form', fields: body.pairs.map(([name, value]) => ({ name, value: shortened(value), file: false })) };
    case 'multipart':
      return {
        kind: 'multipart',
        fields: body.parts.map((part) =>
          'value' in part
            ? { name: part.name, value: shortened(part.value), file: false, ...typeOf(part.contentType) }
            : { name: part.name, value: '', file: true },
        ),
      };
    case 'file':
      return { kind: 'file' };
    default:
      return undefined;
  }
};

const sampleOf = ({ method, url, headers, cookies, body }: ConsoleRequest<unknown>): SampleRequest => ({
  method: method.replace(/[^A-Z0-9_-]/g, ''),
  url: shortened(url),
  headers: [
    ...headers.map(([name, value]): [string, string] => [name, shortened(value)]),
    ...(body?.kind === 'text' || body?.kind === 'file' ? [['Content-Type', body.type] as [string, string]] : []),
    ...(cookies.length > 0
      ? [['Cookie', shortened(cookies.map((cookie) => cookie.join('=')).join('; '))] as [string, string]]
      : []),
  ],
  body: sampleBody(body),
});

/** A request as code, in all languages. */
export const printRequest = (request: ConsoleRequest<unknown>): SafeHtml =>
  printCodeSamples({ id: 'request', request: sampleOf(request), own: [] }, 'The request as code');
