import { html, type SafeHtml } from '../../../../lib/html.ts';
import { asNode, text } from '../model/nodes.ts';
import { clip, inlineValue } from './values.ts';
import type { SchemaView } from './view.ts';

const SHOWN_VALUES = 12;
const MAX_VALUES = 150;
const MAX_MEANING = 160;

const fact = (label: string, value: SafeHtml): SafeHtml => html`<li>${label} ${value}</li>`;

const chips = (values: readonly unknown[]): SafeHtml[] =>
  values.map((value, index) => html`${index > 0 && ' '}${inlineValue(value)}`);

const describedValue = (view: SchemaView, value: unknown): SafeHtml => {
  const meaning = view.enumDescriptions.get(String(value));
  return html`<li>${inlineValue(value)}${meaning !== undefined && html` ${clip(meaning, MAX_MEANING)}`}</li>`;
};

const enumList = (view: SchemaView, values: readonly unknown[]): SafeHtml => {
  const first = values.slice(0, SHOWN_VALUES);
  const rest = values.slice(SHOWN_VALUES, MAX_VALUES);
  const shown =
    view.enumDescriptions.size > 0
      ? html`<ul class="enum-described">${first.map((value) => describedValue(view, value))}</ul>`
      : html` ${chips(first)}`;
  const hidden = values.length - SHOWN_VALUES;
  return html`<div class="enum"><span class="enum-label">Allowed value${values.length > 1 && 's'}</span>${shown}${
    rest.length > 0 &&
    html` <details class="enum-more"><summary>${hidden} more</summary>${chips(rest)}${rest.length < hidden && ' …'}</details>`
  }</div>`;
};

const xmlFacts = (view: SchemaView): SafeHtml[] => {
  const xml = view.xml;
  if (xml === undefined) return [];
  const prefix = text(xml['prefix']);
  const name = text(xml['name']);
  const nodeType = text(xml['nodeType']) ?? (xml['attribute'] === true ? 'attribute' : undefined);
  const namespace = text(xml['namespace']);
  return [
    ...(name === undefined ? [] : [fact('XML name', inlineValue(prefix === undefined ? name : `${prefix}:${name}`))]),
    ...(name !== undefined || prefix === undefined ? [] : [fact('XML prefix', inlineValue(prefix))]),
    ...(nodeType === undefined ? [] : [fact('XML', inlineValue(nodeType))]),
    ...(xml['wrapped'] === true ? [fact('XML', inlineValue('wrapped'))] : []),
    ...(namespace === undefined ? [] : [fact('XML namespace', inlineValue(namespace))]),
  ];
};

const MAX_EXAMPLES = 3;

/** Objects are shown as a whole: on the page of their schema, or in the example of a body. */
const exampleFact = (view: SchemaView): SafeHtml[] => {
  const shown = view.examples.filter((example) => example !== undefined && asNode(example) === undefined).slice(0, MAX_EXAMPLES);
  return shown.length === 0 ? [] : [fact(shown.length === 1 ? 'example' : 'examples', html`${chips(shown)}`)];
};

/**
 * What a value obeys and looks like: constraints, default, constant, example, and `notes` of the caller; then the allowed values.
 *
 * @param xml whether its name and place in XML belong to it.
 */
export const schemaFacts = (view: SchemaView, xml: boolean, notes: readonly SafeHtml[] = []): SafeHtml => {
  const facts = [
    ...view.constraints.map(({ label, value }) => fact(label, html`<code>${value}</code>`)),
    ...view.constant.map((value) => fact('always', inlineValue(value))),
    ...view.defaultValue.map((value) => fact('default', inlineValue(value))),
    ...exampleFact(view),
    ...(xml ? xmlFacts(view) : []),
    ...notes,
  ];
  return html`${facts.length > 0 && html`<ul class="rules">${facts}</ul>`}${view.enumValues && enumList(view, view.enumValues)}`;
};

const mark = (word: string, kind: string): SafeHtml => html` <span class="mark mark-${kind}">${word}</span>`;

/** The marks behind a name: required, deprecated, read-only, write-only. */
export const schemaMarks = (view: SchemaView, required: boolean): SafeHtml =>
  html`${required && html` <span class="required">required</span>`}${view.deprecated && mark('deprecated', 'deprecated')}${
    view.readOnly && mark('read-only', 'note')
  }${view.writeOnly && mark('write-only', 'note')}`;
