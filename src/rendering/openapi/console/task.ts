import type { Task } from '../../task-types.ts';
import { DEFAULT_INGEST_LIMITS } from '../ingest/index.ts';
import { parseJson } from '../ingest/json-source.ts';
import { decodeSource } from '../ingest/source-text.ts';
import { isObject } from '../ingest/version.ts';
import { parseYaml } from '../ingest/yaml-source.ts';
import { describeOperation } from './describe.ts';

/** What the console asks about an operation of the specification in the body. */
export const describeOperationTask: Task<'describeOperation'> = async ({ format, operation }, body) => {
  const text = decodeSource(body);
  const document = format === 'json' ? parseJson(text) : parseYaml(text, DEFAULT_INGEST_LIMITS).document;
  return (isObject(document) && describeOperation(document, operation)) || null;
};
