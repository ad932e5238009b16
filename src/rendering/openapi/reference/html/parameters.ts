import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Example, Parameter } from '../model/model.ts';
import { writtenParameter } from '../samples/parameter-example.ts';
import { schemaFacts, schemaMarks } from '../schema/facts.ts';
import { printParts } from '../schema/print.ts';
import type { Printing } from '../schema/printing.ts';
import { itemRemarks } from '../schema/remarks.ts';
import { typeLabel } from '../schema/type-label.ts';
import { clip, inlineValue } from '../schema/values.ts';
import type { SchemaView } from '../schema/view.ts';
import { externalLink } from './urls.ts';

const PLACES: readonly [string, string][] = [
  ['path', 'Path parameters'],
  ['query', 'Query parameters'],
  ['querystring', 'Query string'],
  ['header', 'Header parameters'],
  ['cookie', 'Cookie parameters'],
];

const MAX_EXAMPLES = 4;
const MAX_DESCRIPTION = 160;

/** How it is written in the request: the style where it is not the usual one, and what that looks like. */
const serialisation = (printing: Printing, parameter: Parameter): SafeHtml[] => {
  const { style, place, mediaType, allowEmptyValue, allowReserved } = parameter;
  const usual = place === 'path' || place === 'header' ? 'simple' : 'form';
  const written = writtenParameter(printing.reader, parameter);
  return [
    ...(mediaType === undefined ? [] : [html`<li>written as <code>${mediaType}</code></li>`]),
    ...(style === usual || place === 'querystring' ? [] : [html`<li>style <code>${style}</code></li>`]),
    ...(written === undefined ? [] : [html`<li>sent as <code>${written}</code></li>`]),
    ...(allowReserved ? [html`<li>reserved characters are not encoded</li>`] : []),
    ...(allowEmptyValue ? [html`<li>may be empty</li>`] : []),
  ];
};

const printExample = (printing: Printing, example: Example): SafeHtml => {
  const { value, serialized, externalValue, summary, description } = example;
  const about = [summary, description && printing.plain(description, MAX_DESCRIPTION)].filter((part) => part !== undefined);
  return html`<li>example${value !== undefined && html` ${inlineValue(value)}`}${
    serialized !== undefined && html` sent as <code>${clip(serialized, MAX_DESCRIPTION)}</code>`
  }${externalValue !== undefined && html` ${externalLink(externalValue)}`}${about.length > 0 && ` ${about.join(': ')}`}</li>`;
};

const describe = (printing: Printing, parameter: Parameter, parts: SafeHtml | undefined): SafeHtml => {
  const own = printing.reader.view(parameter.schema);
  // The parameter's own example and description say more than those of its schema.
  const view: SchemaView = { ...own, examples: parameter.examples.length > 0 ? [] : own.examples };
  const description = parameter.description ?? own.description;
  const marks = { ...view, deprecated: parameter.deprecated || own.deprecated };
  const type = typeLabel(printing.reader, own, parts === undefined ? 'expand' : 'plain');
  const notes = [
    ...serialisation(printing, parameter),
    ...parameter.examples.slice(0, MAX_EXAMPLES).map((example) => printExample(printing, example)),
  ];
  return html`<div data-parameter="${parameter.name}" data-in="${parameter.place}"><dt><code>${parameter.name}</code> <span class="type">${type}</span>${schemaMarks(
    marks,
    parameter.required,
  )}</dt><dd>${description !== undefined && html`<div class="prose">${printing.prose(description)}</div>`}${schemaFacts(view, false, notes)}${itemRemarks({ ...printing, xml: false }, own)}${parts}</dd></div>`;
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
