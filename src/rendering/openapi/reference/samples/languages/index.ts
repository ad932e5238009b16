import type { SampleRequest } from '../request.ts';
import { csharpSample } from './csharp.ts';
import { curlSample } from './curl.ts';
import { goSample } from './go.ts';
import { javaSample } from './java.ts';
import { javascriptSample } from './javascript.ts';
import { phpSample } from './php.ts';
import { pythonSample } from './python.ts';
import { rubySample } from './ruby.ts';
import { rustSample } from './rust.ts';
import { typescriptSample } from './typescript.ts';

export interface SampleLanguage {
  /** Name for highlighting and for remembering a choice. */
  id: string;
  label: string;
  write: (request: SampleRequest) => string;
}

/** The languages of code samples, in the order in which they are shown. */
export const SAMPLE_LANGUAGES: readonly SampleLanguage[] = [
  { id: 'shell', label: 'curl', write: curlSample },
  { id: 'javascript', label: 'JavaScript', write: javascriptSample },
  { id: 'typescript', label: 'TypeScript', write: typescriptSample },
  { id: 'python', label: 'Python', write: pythonSample },
  { id: 'go', label: 'Go', write: goSample },
  { id: 'java', label: 'Java', write: javaSample },
  { id: 'csharp', label: 'C#', write: csharpSample },
  { id: 'php', label: 'PHP', write: phpSample },
  { id: 'ruby', label: 'Ruby', write: rubySample },
  { id: 'rust', label: 'Rust', write: rustSample },
];
