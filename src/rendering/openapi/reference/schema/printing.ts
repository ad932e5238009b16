import type { SafeHtml } from '../../../../lib/html.ts';
import type { SchemaReader } from './view.ts';

/** Characters of HTML that may still be printed; what does not fit is left to links. May become negative by what must be shown anyway. */
export interface Budget {
  left: number;
}

/** Who sends the value: read-only properties are no part of a request, write-only ones none of a response. */
export type Audience = 'request' | 'response' | 'both';

/** Bodies of named schemas as they stand nested in others: the same everywhere, so printed once a document. */
export type BodyCache = Map<string, SafeHtml>;

/** What printing a schema needs to know. */
export interface Printing {
  reader: SchemaReader;
  /** Markdown to HTML. */
  prose: (source: string) => SafeHtml;
  /** Markdown to plain text of a greatest length. */
  plain: (source: string, max: number) => string;
  budget: Budget;
  audience: Audience;
  /** How many levels of named schemas may still be shown in place. */
  levels: number;
  /** How many levels of unnamed objects have been entered. */
  depth: number;
  nested: boolean;
  /** Names of the schemas that are being printed, outermost first. */
  ancestors: readonly string[];
  /** The named schema whose own fragment this is. */
  fragmentOf: string | undefined;
  bodies: BodyCache;
}

/** What a nested body may take at most. */
const NESTED_BUDGET = 7_000;

/** Takes what was printed off a budget. */
export const spend = (budget: Budget, printed: SafeHtml): void => {
  budget.left -= printed.value.length;
};

/** The body of a named schema one level down, when it fits in what is left; printed once for each audience. */
export const printedBody = (printing: Printing, name: string, print: (inner: Printing) => SafeHtml): SafeHtml | undefined => {
  const key = `${printing.audience} ${name}`;
  let body = printing.bodies.get(key);
  if (body === undefined) {
    if (printing.budget.left <= 0) return undefined;
    body = print({ ...printing, budget: { left: NESTED_BUDGET }, levels: 0, depth: 0, nested: true, ancestors: [] });
    printing.bodies.set(key, body);
  }
  if (body.value.length > printing.budget.left) return undefined;
  spend(printing.budget, body);
  return body;
};
