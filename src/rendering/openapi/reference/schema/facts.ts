import { html, type SafeHtml } from '../../../../lib/html.ts';
import { asNode, text } from '../model/nodes.ts';
import { inlineValue } from './values.ts';
import type { SchemaView } from './view.ts';

const SHOWN_VALUES = 12;
const MAX_VALUES = 300;

const fact = (label: string, value: SafeHtml): SafeHtml => html`<li>${label} ${value}</li>`;

const enumList = (view: SchemaView, values: readonly unknown[]): SafeHtml => {
  if (view.enumDescriptions.size > 0) {
    const described = values.slice(0, MAX_VALUES).map((value) => {
      const meaning = view.enumDescriptions.get(String(value));
      return html`<li>${inlineValue(value)}${meaning !== undefined && html` ${meaning}`}</li>`;
    });
    return html`<div class="enum"><span class="enum-label">Allowed values</span><ul class="enum-described">${described}</ul></div>`;
  }
  const chips = (part: readonly unknown[]) => part.map((value, index) => html`${index > 0 && ' '}${inlineValue(value)}`);
  const rest = values.slice(SHOWN_VALUES, MAX_VALUES);
  return html`<div class="enum"><span class="enum-label">Allowed values</span> ${chips(values.slice(0, SHOWN_VALUES))}${
    rest.length > 0 &&
    html` <details class="enum-more"><summary>${values.length - SHOWN_VALUES} more</summary>${chips(rest)}</details>`
  }</div>`;
};

const xmlFacts = (view: SchemaView): SafeHtml[] => {
  const xml = view.xml;
  if (xml === undefined) return [];
  const name = [text(xml['prefix']), text(xml['name'])].filter((part) => part !== undefined).join(':');
  const nodeType = text(xml['nodeType']) ?? (xml['attribute'] === true ? 'attribute' : undefined);
  const namespace = text(xml['namespace']);
  return [
    ...(name === '' ? [] : [fact('XML name', inlineValue(name))]),
    ...(nodeType === undefined ? [] : [fact('XML', inlineValue(nodeType))]),
    ...(xml['wrapped'] === true ? [fact('XML', inlineValue('wrapped'))] : []),
    ...(namespace === undefined ? [] : [fact('XML namespace', inlineValue(namespace))]),
  ];
};

const exampleFact = (view: SchemaView): SafeHtml[] => {
  const [example] = view.examples;
  return example === undefined || asNode(example) !== undefined ? [] : [fact('example', inlineValue(example))];
};

/** What a value obeys and looks like: constraints, default, constant, example, XML name; then the allowed values. */
export const schemaFacts = (view: SchemaView): SafeHtml => {
  const facts = [
    ...view.constraints.map(({ label, value }) => fact(label, html`<code>${value}</code>`)),
    ...view.constant.map((value) => fact('always', inlineValue(value))),
    ...view.defaultValue.map((value) => fact('default', inlineValue(value))),
    ...exampleFact(view),
    ...xmlFacts(view),
  ];
  return html`${facts.length > 0 && html`<ul class="rules">${facts}</ul>`}${view.enumValues && enumList(view, view.enumValues)}`;
};

const mark = (word: string, kind: string): SafeHtml => html` <span class="mark mark-${kind}">${word}</span>`;

/** The marks behind a name: required, deprecated, read-only, write-only. */
export const schemaMarks = (view: SchemaView, required: boolean): SafeHtml =>
  html`${required && mark('required', 'required')}${view.deprecated && mark('deprecated', 'deprecated')}${
    view.readOnly && mark('read-only', 'note')
  }${view.writeOnly && mark('write-only', 'note')}`;
