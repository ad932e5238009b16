import {
  createConfig,
  detectSpec,
  getMajorSpecVersion,
  getTypes,
  normalizeTypes,
  normalizeVisitors,
  Source,
  walkDocument,
} from '@redocly/openapi-core';
import type { FindingCollector } from './findings.ts';

/** The rules of openapi-core that are applied, with the severity of what they find. All of them judge a node at its own place. */
const RULES = {
  struct: 'error',
  'no-identical-paths': 'warn',
} as const;

/** Beyond this many problems the rest is only counted. */
const MAX_PROBLEMS = 2_000;

const config = await createConfig({ rules: RULES });

type WalkOptions = Parameters<typeof walkDocument>[0];
type Problems = WalkOptions['ctx']['problems'];

/**
 * Checks the structure of a document against its version's rules with openapi-core.
 *
 * openapi-core's own entry points resolve every `$ref` first, which takes most of their time and never ends for some documents. Here the
 * walk gets no references to follow: every definition is visited where it is written, each node once. References are checked apart.
 */
export const checkStructure = (
  document: Record<string, unknown>,
  text: string,
  name: string,
  findings: FindingCollector,
): void => {
  const specVersion = detectSpec(document);
  const types = normalizeTypes(config.extendTypes(getTypes(specVersion), specVersion), config);
  const problems = boundedList(MAX_PROBLEMS);
  try {
    walkDocument({
      document: { source: new Source(name, text), parsed: document },
      rootType: types['Root'] as WalkOptions['rootType'],
      normalizedVisitors: normalizeVisitors(rulesFor(specVersion), types) as WalkOptions['normalizedVisitors'],
      resolvedRefMap: new Map(),
      ctx: { problems, specVersion, config, visitorsData: {} },
    });
  } catch {
    // Rules trip over documents that, for example, have a key `hasOwnProperty`.
    findings.add({
      severity: 'warning',
      rule: 'structure',
      message: 'The structure of the document could not be checked to its end.',
    });
  }
  for (const problem of problems) {
    const pointer = problem.location[0]?.pointer;
    findings.add({
      severity: problem.severity === 'error' ? 'error' : 'warning',
      rule: problem.ruleId,
      message: problem.suggest.length > 0 ? `${problem.message} Did you mean \`${problem.suggest[0]}\`?` : problem.message,
      ...(pointer === undefined ? {} : { path: pointer }),
    });
  }
};

const rulesFor = (specVersion: ReturnType<typeof detectSpec>): Parameters<typeof normalizeVisitors>[0] => {
  const ruleSets = config.getRulesForSpecVersion(getMajorSpecVersion(specVersion)) as Record<
    string,
    ((options: object) => object) | undefined
  >[];
  return Object.entries(RULES).flatMap(([ruleId, severity]) => {
    const rule = ruleSets.map((rules) => rules[ruleId]).find((candidate) => candidate !== undefined);
    return rule ? [{ ruleId, severity, visitor: rule({}) }] : [];
  });
};

/** An array whose `push` ignores what comes after its first items. */
const boundedList = (limit: number): Problems => {
  const list: Problems = [];
  const push = list.push.bind(list);
  list.push = (...items) => (list.length < limit ? push(...items) : list.length);
  return list;
};
