import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Parameter } from '../model/model.ts';
import { schemaFacts, schemaMarks } from '../schema/facts.ts';
import { printParts } from '../schema/print.ts';
import type { Printing } from '../schema/printing.ts';
import { typeLabel } from '../schema/type-label.ts';
import { inlineValue } from '../schema/values.ts';
import type { SchemaView } from '../schema/view.ts';

const PLACES: readonly [string, string][] = [
  ['path', 'Path parameters'],
  ['query', 'Query parameters'],
  ['querystring', 'Query string'],
  ['header', 'Header parameters'],
  ['cookie', 'Cookie parameters'],
];

const MAX_EXAMPLES = 4;

/** How an array or object is written in the URL, where it is not the usual way. */
const serialisation = ({ style, explode, place, mediaType }: Parameter, view: SchemaView): SafeHtml[] => {
  if (mediaType !== undefined) return [html`<li>written as <code>${mediaType}</code></li>`];
  const [type] = view.types;
  if (type !== 'array' && type !== 'object') return [];
  const usual = place === 'path' || place === 'header' ? 'simple' : 'form';
  const repeated = type === 'array' && style === 'form' && (place === 'query' || place === 'cookie');
  return [
    ...(style === usual ? [] : [html`<li>style <code>${style}</code></li>`]),
    ...(repeated ? [html`<li>${explode ? 'repeated for several values' : 'several values separated by commas'}</li>`] : []),
  ];
};

const examples = (parameter: Parameter): SafeHtml[] =>
  parameter.examples
    .filter(({ value }) => value !== undefined)
    .slice(0, MAX_EXAMPLES)
    .map(({ value, summary }) => html`<li>example ${inlineValue(value)}${summary !== undefined && html` ${summary}`}</li>`);

const describe = (printing: Printing, parameter: Parameter, parts: SafeHtml | undefined): SafeHtml => {
  const own = printing.reader.view(parameter.schema);
  // The parameter's own example and description say more than those of its schema.
  const view: SchemaView = { ...own, examples: parameter.examples.length > 0 ? [] : own.examples };
  const description = parameter.description ?? own.description;
  const marks = { ...view, deprecated: parameter.deprecated || own.deprecated };
  const type = typeLabel(printing.reader, own, parts === undefined ? 'expand' : 'plain');
  const notes = [
    ...serialisation(parameter, own),
    ...(parameter.allowEmptyValue ? [html`<li>may be empty</li>`] : []),
    ...examples(parameter),
  ];
  return html`<div data-parameter="${parameter.name}" data-in="${parameter.place}"><dt><code>${parameter.name}</code> <span class="type">${type}</span>${schemaMarks(
    marks,
    parameter.required,
  )}</dt><dd>${description !== undefined && html`<div class="prose">${printing.prose(description)}</div>`}${schemaFacts(view, false, notes)}${parts}</dd></div>`;
};

/** One parameter or header as a term and its description. */
const printParameter = (printing: Printing, parameter: Parameter): SafeHtml => {
  const parts = printParts(printing, parameter.schema);
  const known = parts === undefined ? printing.parameters.get(parameter) : undefined;
  const printed = known ?? describe(printing, parameter, parts);
  if (parts === undefined) printing.parameters.set(parameter, printed);
  printing.budget.left -= printed.value.length - (parts?.value.length ?? 0);
  return printed;
};

/** A list of parameters or headers. */
export const printParameterList = (printing: Printing, parameters: readonly Parameter[]): SafeHtml =>
  html`<dl class="properties">${parameters.map((parameter) => printParameter(printing, parameter))}</dl>`;

/** The parameters of an operation, a section for each place; ids begin with `id`. */
export const printParameters = (printing: Printing, id: string, parameters: readonly Parameter[]): SafeHtml[] => {
  const known = new Set(PLACES.map(([place]) => place));
  const others = [...new Set(parameters.map(({ place }) => place))].filter((place) => !known.has(place));
  const places: (readonly [string, string])[] = [...PLACES, ...others.map((place) => [place, `Parameters in ${place}`] as const)];
  return places.flatMap(([place, title], index) => {
    const members = parameters.filter((parameter) => parameter.place === place);
    if (members.length === 0) return [];
    const heading = `${id}--parameters-${known.has(place) ? place : index}`;
    const section = html`<section class="operation-section"><h3 id="${heading}">${title}</h3>${printParameterList(
      printing,
      members,
    )}</section>`;
    return section;
  });
};
