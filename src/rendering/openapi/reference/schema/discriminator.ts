import { html, type SafeHtml } from '../../../../lib/html.ts';
import { declaresDiscriminator, descendantsOf, heirsOf } from './heirs.ts';
import { type Option, type PrintBody, printOptions, valuesFor } from './options.ts';
import { nestedBody, type Printing, spend } from './printing.ts';
import { isStructured } from './structure.ts';
import { schemaName } from './type-label.ts';
import type { Discriminator, SchemaView } from './view.ts';

const MAX_KINDS = 24;

/** A schema that others specialise. */
interface Base {
  /** undefined for one that has none */
  name: string | undefined;
  view: SchemaView;
  discriminator: Discriminator;
}

const nameOf = ({ reader }: Printing, name: string): SafeHtml =>
  schemaName(name, reader.resolver.schemas.has(name) ? 'expand' : 'plain');

/** What a base is specialised to: those that its discriminator maps to, and its heirs. One that it has from another means only its own heirs. */
const kindsOf = ({ reader: { resolver } }: Printing, { name, discriminator }: Base): string[] => {
  const mapped = discriminator.mapping.map(([, target]) => target);
  if (name === undefined) return [...new Set(mapped)];
  const descendants = declaresDiscriminator(resolver, name) ? undefined : descendantsOf(resolver, name);
  const meant = descendants === undefined ? mapped : mapped.filter((target) => descendants.has(target));
  return [...new Set([...meant, ...heirsOf(resolver, name)])];
};

/** A kind without what it has of its base, which is shown already. */
const ownPart = (base: SchemaView, kind: SchemaView): SchemaView => {
  const known = new Map(base.properties.map(({ name, schema, required }) => [name, { schema, required }]));
  const isNew = ({ name, schema, required }: SchemaView['properties'][number]): boolean =>
    known.get(name)?.schema !== schema || known.get(name)?.required !== required;
  return { ...kind, properties: kind.properties.filter(isNew), discriminator: undefined };
};

const readKind = (printing: Printing, base: Base, name: string, body: PrintBody): Option => {
  const { reader, ancestors, budget } = printing;
  const view = reader.view({ $ref: reader.resolver.schemaPointer(name) });
  const own = ownPart(base.view, view);
  const parts =
    isStructured(own) && !ancestors.includes(name)
      ? nestedBody(printing, `${base.name} > ${name}`, (inner) => body(inner, own))
      : undefined;
  const type = nameOf(printing, name);
  const described = view.description !== undefined && view.description !== base.view.description && budget.left > 0;
  const isHeir = base.name !== undefined && descendantsOf(reader.resolver, base.name).has(name);
  const about = html`${
    parts !== undefined &&
    html`<p class="schema-type"><span class="type">${type}</span>${isHeir && html`<span class="schema-merged"> · all of ${base.name}, and</span>`}</p>`
  }${described && html`<div class="prose">${printing.prose(view.description ?? '')}</div>`}`;
  const values = valuesFor(base.discriminator, name)
    .filter((value) => value !== name)
    .map((value) => html` <code>${value}</code>`);
  const label = schemaName(name, 'plain');
  spend(budget, html`${label}${values}${about}`);
  return { title: undefined, label, values, type, about, parts };
};

/** The names alone, to be opened or followed. */
const printNames = (printing: Printing, { discriminator }: Base, names: readonly string[], hidden: number): SafeHtml =>
  html`<ul class="discriminator">${names.map(
    (name) =>
      html`<li>${valuesFor(discriminator, name).map((value) => value !== name && html`<code>${value}</code> `)}${nameOf(printing, name)}</li>`,
  )}${hidden > 0 && html`<li>and ${hidden} more</li>`}</ul>`;

const printKinds = (printing: Printing, base: Base, kinds: readonly string[], body: PrintBody): SafeHtml => {
  const shown = kinds.slice(0, MAX_KINDS);
  const hidden = kinds.length - shown.length;
  const isOpen = printing.levels > 0 || printing.fragmentOf !== undefined;
  const hasRoom = isOpen && printing.budget.nested > 0 && printing.budget.left > 0;
  const options = hasRoom ? shown.map((name) => readKind(printing, base, name, body)) : [];
  const areShown = options.some(({ parts }) => parts !== undefined);
  return html`<div class="alternatives"><p class="schema-note">Specialised by <code>${base.discriminator.propertyName}</code></p>${
    areShown
      ? html`${printOptions(printing, options)}${hidden > 0 && html`<p class="schema-note">and ${hidden} more</p>`}`
      : printNames(printing, base, shown, hidden)
  }</div>`;
};

/** Where nothing specialises a schema: how it is told from others. */
const printOwnValue = ({ reader: { resolver } }: Printing, { name, discriminator }: Base): SafeHtml => {
  const property = html`<code>${discriminator.propertyName}</code>`;
  if (name === undefined || declaresDiscriminator(resolver, name))
    return html`<p class="schema-note">${property} tells which schema it is</p>`;
  const mapped = valuesFor(discriminator, name);
  const values = (mapped.length > 0 ? mapped : [name]).map((value, at) => html`${at > 0 && ' or '}<code>${value}</code>`);
  return html`<p class="schema-note">Meant where ${property} is ${values}</p>`;
};

/** The discriminator of a schema: without alternatives, what it is specialised to, with what each adds where there is room. */
export const printDiscriminator = (printing: Printing, view: SchemaView, body: PrintBody): SafeHtml | undefined => {
  const { discriminator, alternatives } = view;
  if (discriminator === undefined) return undefined;
  const { otherwise, propertyName } = discriminator;
  const base: Base = { name: view.name ?? (printing.depth === 0 ? printing.fragmentOf : undefined), view, discriminator };
  const kinds = alternatives.length === 0 ? kindsOf(printing, base) : [];
  return html`${kinds.length > 0 && printKinds(printing, base, kinds, body)}${
    alternatives.length === 0 && kinds.length === 0 && printOwnValue(printing, base)
  }${
    otherwise !== undefined &&
    html`<p class="schema-note">Where <code>${propertyName}</code> is none of these: ${nameOf(printing, otherwise)}</p>`
  }`;
};
