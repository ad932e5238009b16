import type { Event } from 'js-yaml';
import { CORE_SCHEMA, constructFromEvents, EVENT_ID, getScalarValue, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import type { IngestLimits } from '../types.ts';
import { tooDeep, tooManyNodes } from './json-source.ts';
import type { SyntaxSink } from './locate.ts';
import { excerpt, formatCount, Refusal } from './refusal.ts';
import { positionAt } from './source-text.ts';

/** YAML 1.2 core types and the merge key; every other tag (dates, binary, code) is refused. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);
const MAX_MERGED_KEYS = 100_000;

export interface YamlSource {
  document: unknown;
  /** Plays the source into a sink. */
  read(sink: SyntaxSink): void;
}

/**
 * Parses one YAML document. The tree may share nodes where the source uses aliases; expanded it stays within the limits.
 * @throws Refusal (`yaml-syntax`, `yaml-documents`, `yaml-alias`, `duplicate-key`, `merge-keys`, `depth`, `nodes`)
 */
export const parseYaml = (text: string, limits: IngestLimits): YamlSource => {
  // The parser counts block collections a level early; it only has to stop before the stack does.
  const events = attempt(text, limits, () => parseEvents(text, { maxDepth: limits.maxDepth + 1 }));
  measureEvents(text, events, limits);
  const documents = attempt(text, limits, () =>
    constructFromEvents(events, { source: text, schema: SCHEMA, maxTotalMergeKeys: MAX_MERGED_KEYS }),
  );
  return { document: documents[0], read: (sink) => replay(text, events, sink) };
};

const attempt = <Result>(text: string, limits: IngestLimits, parse: () => Result): Result => {
  try {
    return parse();
  } catch (error) {
    throw refusalOf(text, error, limits);
  }
};

const refusalOf = (text: string, error: unknown, limits: IngestLimits): Refusal => {
  if (!(error instanceof YAMLException)) return new Refusal('yaml-syntax', 'The document is not valid YAML.');
  const offset = error.mark?.position ?? 0;
  const at = positionAt(text, offset);
  const reason = excerpt(error.reason, 300);
  if (reason.includes('maxDepth')) return tooDeep(text, offset, limits);
  if (reason.includes('maxTotalMergeKeys'))
    return new Refusal('merge-keys', `Merge keys (\`<<\`) copy more than ${formatCount(MAX_MERGED_KEYS)} entries.`, at);
  if (reason.includes('duplicated mapping key'))
    return new Refusal('duplicate-key', 'A key appears twice in the same mapping.', at);
  if (/unknown \w+ tag/.test(reason))
    return new Refusal('yaml-tag', `The document uses a YAML tag that has no meaning in a specification: ${reason}.`, at);
  return new Refusal('yaml-syntax', `The document is not valid YAML: ${reason}.`, at);
};

interface Frame {
  mapping: boolean;
  expectsKey: boolean;
  anchor: string;
  nodesBefore: number;
  /** Levels below this node, aliases included. */
  height: number;
}

/**
 * Counts nodes and depth as they are after every alias has been replaced by a copy, without making copies.
 * @throws Refusal
 */
const measureEvents = (text: string, events: readonly Event[], limits: IngestLimits): void => {
  const anchors = new Map<string, { nodes: number; height: number } | 'open'>();
  const frames: Frame[] = [];
  let nodes = 0;
  let documents = 0;
  /** Takes note of a node of `height` levels and `size` nodes in the innermost collection. */
  const add = (offset: number, size: number, height: number): void => {
    const frame = frames.at(-1);
    if (frame) frame.height = Math.max(frame.height, height + 1);
    const isKey = frame?.mapping === true && frame.expectsKey;
    if (frame?.mapping) frame.expectsKey = !frame.expectsKey;
    if (!isKey) nodes += size;
    if (frames.length - 1 + height > limits.maxDepth) throw tooDeep(text, offset, limits);
    if (nodes > limits.maxNodes) throw tooManyNodes(limits);
  };
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (++documents > 1)
          throw new Refusal(
            'yaml-documents',
            'The file holds several YAML documents (`---`). Exactly one is expected.',
            positionOfSecondDocument(text, events),
          );
        frames.push({ mapping: false, expectsKey: false, anchor: '', nodesBefore: 0, height: 0 });
        break;
      case EVENT_ID.SCALAR:
        add(event.valueStart, 1, 0);
        if (event.anchorStart !== -1) anchors.set(text.slice(event.anchorStart, event.anchorEnd), { nodes: 1, height: 0 });
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const nodesBefore = nodes;
        add(event.start, 1, 1);
        const anchor = event.anchorStart === -1 ? '' : text.slice(event.anchorStart, event.anchorEnd);
        if (anchor) anchors.set(anchor, 'open');
        frames.push({ mapping: event.type === EVENT_ID.MAPPING, expectsKey: true, anchor, nodesBefore, height: 1 });
        break;
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        if (target === 'open')
          throw new Refusal(
            'yaml-alias',
            'A YAML alias stands inside the very node that it repeats, so the document would never end.',
            positionAt(text, event.anchorStart - 1),
          );
        // An alias without its anchor is reported by the parser.
        if (target) add(event.anchorStart - 1, target.nodes, target.height);
        break;
      }
      default: {
        const frame = frames.pop();
        const parent = frames.at(-1);
        if (!frame || !parent) break;
        parent.height = Math.max(parent.height, frame.height + 1);
        if (frame.anchor) anchors.set(frame.anchor, { nodes: nodes - frame.nodesBefore, height: frame.height });
      }
    }
  }
};

const positionOfSecondDocument = (text: string, events: readonly Event[]): ReturnType<typeof positionAt> => {
  let documents = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) documents++;
    else if (documents === 2 && event.type !== EVENT_ID.POP)
      return positionAt(text, Math.max(text.lastIndexOf('---', offsetOf(event)), 0));
  }
  return positionAt(text, Math.max(text.lastIndexOf('---'), 0));
};

const offsetOf = (event: Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>): number => {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart - 1 : event.start;
};

const replay = (text: string, events: readonly Event[], sink: SyntaxSink): void => {
  let depth = 0;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        break;
      case EVENT_ID.SCALAR:
        sink.scalar(event.valueStart, () => getScalarValue(text, event));
        break;
      case EVENT_ID.ALIAS:
        sink.scalar(event.anchorStart - 1, () => '');
        break;
      case EVENT_ID.POP:
        // The last one closes the document.
        if (depth-- > 0) sink.close();
        break;
      default:
        depth++;
        sink.open(event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence', event.start);
    }
  }
};
