import type { SafeHtml } from '../../../lib/html.ts';
import { printCodeSamples } from '../reference/samples/code-samples.ts';
import type { SampleBody, SampleRequest } from '../reference/samples/request.ts';
import type { ConsoleRequest, ConsoleRequestBody } from './types.ts';

const sampleBody = (body: ConsoleRequestBody<unknown> | undefined): SampleBody | undefined => {
  switch (body?.kind) {
    case 'text':
      return { kind: 'text', text: body.text };
    case 'form':
      return { kind: 'form', fields: body.pairs.map(([name, value]) => ({ name, value, file: false })) };
    case 'multipart':
      return {
        kind: 'multipart',
        fields: body.parts.map((part) =>
          'value' in part ? { name: part.name, value: part.value, file: false } : { name: part.name, value: '', file: true },
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
  url,
  headers: [
    ...headers,
    ...(body?.kind === 'text' || body?.kind === 'file' ? [['Content-Type', body.type] as [string, string]] : []),
    ...(cookies.length > 0 ? [['Cookie', cookies.map((cookie) => cookie.join('=')).join('; ')] as [string, string]] : []),
  ],
  body: sampleBody(body),
});

/** A request as code, in all languages. */
export const printRequest = (request: ConsoleRequest<unknown>): SafeHtml =>
  printCodeSamples({ id: 'request', request: sampleOf(request), own: [] }, 'The request as code');
