import { dump } from 'js-yaml';
import { emitBytes } from '../parts.ts';
import type { Task } from '../task-types.ts';
import { DEFAULT_INGEST_LIMITS } from './ingest/index.ts';
import { parseJson } from './ingest/json-source.ts';
import { decodeSource } from './ingest/source-text.ts';
import { parseYaml } from './ingest/yaml-source.ts';
import type { SpecFormat } from './types.ts';

/** A specification that was accepted once, written in the other format. Aliases of YAML are written out. */
export const convertSpecification = (source: Uint8Array, from: SpecFormat, to: SpecFormat): Buffer => {
  const text = decodeSource(source);
  const document = from === 'json' ? parseJson(text) : parseYaml(text, DEFAULT_INGEST_LIMITS).document;
  const written = to === 'json' ? `${JSON.stringify(document, null, 2)}\n` : dump(document, { noRefs: true, lineWidth: 120 });
  return Buffer.from(written);
};

/** Converts the specification in the body; the result travels in parts. */
export const convertSpecificationTask: Task<'convertSpecification'> = async ({ from, to }, body, emit) => {
  await emitBytes(convertSpecification(body, from, to), emit);
  return null;
};
