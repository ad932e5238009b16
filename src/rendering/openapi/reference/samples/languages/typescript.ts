import type { SampleRequest } from '../request.ts';
import { javascriptSample } from './javascript.ts';

const SEND = /^const response = /m;
const PRINT = /^console\.log\(.*\);$/m;

/** The request with `fetch`, its answer typed; an answer that is no success throws. */
export const typescriptSample = (request: SampleRequest): string =>
  javascriptSample(request)
    .replace(SEND, 'const response: Response = ')
    .replace(
      PRINT,
      () => 'if (!response.ok) throw new Error(String(response.status));\nconst answer: unknown = await response.json();',
    );
