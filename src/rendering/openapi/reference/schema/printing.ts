import type { SafeHtml } from '../../../../lib/html.ts';
import type { Parameter } from '../model/model.ts';
import type { SchemaReader, SchemaView } from './view.ts';

/** Characters of HTML that may still be printed. Both may become negative by what must be shown anyway. */
export interface Budget {
  /** For everything: beyond it, descriptions are cut short. */
  left: number;
  /** For what is nested: beyond it, named schemas are left to links. */
  nested: number;
}

/** Who sends the value: read-only properties are no part of a request, write-only ones none of a response. */
export type Audience = 'request' | 'response' | 'both';

/** Bodies of named schemas as they stand nested in others: the same everywhere, so printed once a document. */
export type BodyCache = Map<string, SafeHtml>;

/** What is said about a schema beside its name, type and parts: printed the same wherever there is room. */
export type RemarkCache = Map<SchemaView, SafeHtml>;

/** Parameters that are printed the same everywhere. */
export type ParameterCache = Map<Parameter, SafeHtml>;

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
  /** Whether the value is written as XML, so that XML names matter. */
  xml: boolean;
  /** Names of the schemas that are being printed, outermost first. */
  ancestors: readonly string[];
  /** The named schema whose own fragment this is. */
  fragmentOf: string | undefined;
  bodies: BodyCache;
  remarks: RemarkCache;
  parameters: ParameterCache;
  /** Names a stack of alternatives, of which one is open at a time; see `fragments.ts`. */
  nextStack: () => string;
}

/** How much of a named schema is shown: with one level of others inside it, alone, or as it stands inside another. */
export type BodySize = 'full' | 'short' | 'nested';

interface SizeRules {
  budget: Budget;
  levels: number;
  nested: boolean;
}

const SIZES: Readonly<Record<BodySize, SizeRules>> = {
  full: { budget: { left: 7_500, nested: 2_000 }, levels: 1, nested: false },
  short: { budget: { left: 4_000, nested: 0 }, levels: 0, nested: true },
  nested: { budget: { left: 2_000, nested: 0 }, levels: 0, nested: true },
};

/** A budget of so many characters in all, with a part of them for what is nested. */
export const startBudget = (left: number, nested: number): Budget => ({ left, nested });

/** Takes what was printed off a budget. */
export const spend = (budget: Budget, printed: SafeHtml): void => {
  budget.left -= printed.value.length;
  budget.nested -= printed.value.length;
};

/**
 * The body of a named schema. It depends on nothing but the schema, the audience and the size, so that it is printed once a document,
 * however many operations show it.
 */
export const namedBody = (printing: Printing, name: string, size: BodySize, print: (inner: Printing) => SafeHtml): SafeHtml => {
  const key = `${size} ${printing.audience} ${printing.xml} ${name}`;
  let body = printing.bodies.get(key);
  if (body === undefined) {
    const { budget, levels, nested } = SIZES[size];
    body = print({ ...printing, budget: { ...budget }, levels, nested, depth: 0, ancestors: [] });
    printing.bodies.set(key, body);
  }
  return body;
};

/** The body of a named schema as it stands inside another, when it fits in what is left. */
export const nestedBody = (printing: Printing, name: string, print: (inner: Printing) => SafeHtml): SafeHtml | undefined => {
  if (printing.budget.nested <= 0) return undefined;
  const body = namedBody(printing, name, 'nested', print);
  if (body.value.length > printing.budget.nested) return undefined;
  spend(printing.budget, body);
  return body;
};
