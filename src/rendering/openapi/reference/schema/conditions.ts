import { html, type SafeHtml } from '../../../../lib/html.ts';
import { schemaFacts } from './facts.ts';
import type { PrintBody } from './options.ts';
import type { Printing } from './printing.ts';
import { isStructured } from './structure.ts';
import { typeLabel } from './type-label.ts';
import type { Condition, SchemaExtras, SchemaView } from './view.ts';

const MAX_DEPTH = 6;

const codes = (names: readonly string[]): SafeHtml =>
  html`${names.map((name, index) => html`${index > 0 && ' '}<code>${name}</code>`)}`;

/** A property as a condition names it: with the values that it must have. */
const shortProperty = (printing: Printing, name: string, schema: unknown): SafeHtml => {
  const { constant, enumValues = [] } = printing.reader.view(schema);
  const values = [...constant, ...enumValues].map(String);
  return html`<code>${name}</code>${values.length > 0 && html` = ${codes(values)}`}`;
};

/** Whether all that there is to say of a property is which values it has. */
const isTold = (printing: Printing, schema: unknown): boolean => {
  const view = printing.reader.view(schema);
  return view.description === undefined && view.constraints.length === 0 && view.always === undefined && !isStructured(view);
};

/** What a condition asks, in short; the rest of it to be opened. */
const printRule = (printing: Printing, schema: unknown, body: PrintBody): SafeHtml => {
  const view = printing.reader.view(schema);
  const required = view.extras?.alsoRequired ?? [];
  const parts = view.properties.map((property) => shortProperty(printing, property.name, property.schema));
  if (required.length > 0) parts.push(html`required ${codes(required)}`);
  if (parts.length === 0 && !isStructured(view))
    return html`${typeLabel(printing.reader, view, 'link')} ${schemaFacts(view, printing.xml)}`;
  const short = parts.length > 0 ? html`${parts.map((part, index) => html`${index > 0 && ', '}${part}`)}` : html`more rules`;
  const isWhole = parts.length > 0 && view.properties.every((property) => isTold(printing, property.schema));
  if (isWhole || printing.budget.left <= 0 || printing.depth >= MAX_DEPTH) return short;
  return html`<details class="nested"><summary>${short}</summary>${body({ ...printing, depth: printing.depth + 1 }, view)}</details>`;
};

const rulesOfCondition = ({ test, whenTrue, whenFalse }: Condition): [SafeHtml, unknown][] => [
  [html`If`, test],
  [html`then`, whenTrue],
  [html`else`, whenFalse],
];

const rulesOf = ({ not, conditions, dependentSchemas }: SchemaExtras): [SafeHtml, unknown][] => [
  ...not.map((schema): [SafeHtml, unknown] => [html`Not`, schema]),
  ...conditions.flatMap(rulesOfCondition),
  ...dependentSchemas.map(([name, schema]): [SafeHtml, unknown] => [html`With <code>${name}</code>`, schema]),
];

/** What a schema asks under conditions: `not`, `if`, `then`, `else`, and properties that ask for others. */
export const printConditions = (
  printing: Printing,
  { extras, properties }: SchemaView,
  body: PrintBody,
): SafeHtml | undefined => {
  if (extras === undefined) return undefined;
  const { dependentRequired, alsoRequired } = extras;
  const also =
    alsoRequired.length > 0 &&
    html`<p class="schema-note">${properties.length > 0 ? 'Also required' : 'Required'}: ${codes(alsoRequired)}</p>`;
  const rules = [
    ...dependentRequired.map(
      ([name, others]) => html`<div><dt>With <code>${name}</code></dt><dd>required ${codes(others)}</dd></div>`,
    ),
    ...rulesOf(extras)
      .filter(([, schema]) => schema !== undefined)
      .map(([term, schema]) => html`<div><dt>${term}</dt><dd>${printRule(printing, schema, body)}</dd></div>`),
  ];
  return html`${also}${rules.length > 0 && html`<dl class="conditions">${rules}</dl>`}`;
};
