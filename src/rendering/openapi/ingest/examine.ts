import type { Finding, IngestLimits, SpecFormat } from '../types.ts';
import type { FindingCollector } from './findings.ts';
import { createFindingCollector } from './findings.ts';
import { findDuplicateKey, measureJson, parseJson, readJson } from './json-source.ts';
import type { SyntaxSink } from './locate.ts';
import { locate, pointerSegments } from './locate.ts';
import { inspectOperations } from './operations.ts';
import { inspectTree } from './references.ts';
import { excerpt, Refusal, tooLarge } from './refusal.ts';
import { createResolver } from './resolver.ts';
import { createLineIndex, decodeSource, positionAt } from './source-text.ts';
import { checkStructure } from './structure.ts';
import { checkVersion } from './version.ts';
import { parseYaml } from './yaml-source.ts';

/** A path is not shown beyond this length: keys may be as long as the document. */
const MAX_PATH = 1_000;

interface ParsedSource {
  format: SpecFormat;
  text: string;
  document: unknown;
  /** How often a key is written in the source, where that is known before parsing. */
  writtenKeys: number | undefined;
  read(sink: SyntaxSink): void;
}

export type Examination =
  | {
      accepted: true;
      format: SpecFormat;
      /** As written, `$ref`s in place; mappings of a YAML document may be shared where it uses aliases. */
      document: Record<string, unknown>;
      operationCount: number;
      /** False where nothing is `x-internal`. */
      marksInternal: boolean;
      findings: Finding[];
    }
  | { accepted: false; findings: Finding[] };

/**
 * Reads and checks the bytes of a specification: encoding, syntax, bounds, version, references, structure. Never throws for what a
 * document contains. Only what cannot be rendered is refused; anything else is a finding.
 *
 * @param name file name; the format is told by content, a name that says otherwise is a finding
 */
export const examineSpecification = (source: Uint8Array, name: string, limits: IngestLimits): Examination => {
  let parsed: ParsedSource | undefined;
  try {
    parsed = parseSource(source, limits);
    const document = checkVersion(parsed.document);
    const findings = createFindingCollector();
    remarkName(name, parsed.format, findings);
    const resolve = createResolver(document);
    const { keys, marksInternal } = inspectTree(document, resolve, limits, findings);
    if (parsed.writtenKeys !== undefined && parsed.writtenKeys !== keys) refuseDuplicateKey(parsed.text);
    const operationCount = inspectOperations(document, resolve, limits, findings);
    checkStructure(document, resolve, findings);
    return {
      accepted: true,
      format: parsed.format,
      document,
      operationCount,
      marksInternal,
      findings: placeFindings(findings.list(), parsed),
    };
  } catch (error) {
    const { finding } = error instanceof Refusal ? error : internalError(error);
    return { accepted: false, findings: parsed ? placeFindings([finding], parsed) : [finding] };
  }
};

const parseSource = (source: Uint8Array, limits: IngestLimits): ParsedSource => {
  if (source.byteLength > limits.maxBytes) throw tooLarge(source.byteLength, limits);
  const text = decodeSource(source);
  if (text.trim() === '') throw new Refusal('empty', 'The document is empty.');
  if (!looksLikeJson(text)) return { format: 'yaml', text, writtenKeys: undefined, ...parseYaml(text, limits) };
  const writtenKeys = measureJson(source, text, limits);
  return { format: 'json', text, writtenKeys, document: parseJson(text), read: (sink) => readJson(text, sink) };
};

/** JSON begins with a bracket or a quote that YAML's flow style would hardly ever combine in the same way. */
const looksLikeJson = (text: string): boolean => /^\s*(?:\{\s*(?:"|\}|$)|\[)/.test(text);

const remarkName = (name: string, format: SpecFormat, findings: FindingCollector): void => {
  // The other way round is no contradiction: JSON is YAML, too.
  if (format === 'yaml' && /\.json$/i.test(name))
    findings.add({ severity: 'warning', rule: 'file-name', message: 'The file is named like JSON, but its content is YAML.' });
};

const refuseDuplicateKey = (text: string): void => {
  const duplicate = findDuplicateKey(text);
  if (duplicate)
    throw new Refusal(
      'duplicate-key',
      `The key “${excerpt(duplicate.key)}” appears twice in the same object.`,
      positionAt(text, duplicate.offset),
    );
};

/** Adds line and column to findings that know only their path. */
const placeFindings = (findings: Finding[], { text, read }: ParsedSource): Finding[] => {
  const unplaced = findings.filter(({ path, line }) => path !== undefined && line === undefined);
  if (unplaced.length === 0) return findings;
  const offsets = locate(
    unplaced.map(({ path }) => pointerSegments(path ?? '')),
    read,
  );
  const positionOf = createLineIndex(text);
  const positions = new Map(unplaced.map((finding, index) => [finding, offsets[index]]));
  return findings.map((finding) => {
    const offset = positions.get(finding);
    const placed = offset === undefined ? finding : { ...finding, ...positionOf(offset) };
    return placed.path === undefined ? placed : { ...placed, path: excerpt(placed.path, MAX_PATH) };
  });
};

const internalError = (error: unknown): Refusal =>
  new Refusal(
    'internal',
    `The document could not be processed (${error instanceof Error ? excerpt(error.message, 200) : 'unknown reason'}).`,
  );
