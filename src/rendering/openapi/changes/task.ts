import { gunzipSync } from 'node:zlib';
import { emitBytes } from '../../parts.ts';
import type { Task } from '../../task-types.ts';
import { DEFAULT_INGEST_LIMITS } from '../ingest/index.ts';
import { parseJson } from '../ingest/json-source.ts';
import { decodeSource } from '../ingest/source-text.ts';
import { parseYaml } from '../ingest/yaml-source.ts';
import { asNode, type Node } from '../reference/model/nodes.ts';
import type { SpecFormat } from '../types.ts';
import { compareSpecifications } from './compare.ts';

const parse = (packed: Uint8Array, format: SpecFormat): Node => {
  const text = decodeSource(gunzipSync(packed));
  return asNode(format === 'json' ? parseJson(text) : parseYaml(text, DEFAULT_INGEST_LIMITS).document) ?? {};
};

/** Compares the two documents in the body, which were accepted once; what differs comes as JSON. */
export const compareSpecificationsTask: Task<'compareSpecifications'> = async ({ before, after, bytesBefore }, body, emit) => {
  const comparison = compareSpecifications(
    parse(body.subarray(0, bytesBefore), before),
    parse(body.subarray(bytesBefore), after),
  );
  await emitBytes(Buffer.from(JSON.stringify(comparison)), emit);
  return null;
};
