import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Printing } from './printing.ts';
import type { Discriminator, SchemaView } from './view.ts';

export type PrintBody = (printing: Printing, view: SchemaView) => SafeHtml;

/** One of several schemas, as it is shown. */
export interface Option {
  /** The title that the document gives one that has no name. */
  title: string | undefined;
  label: SafeHtml;
  /** What the discriminator says where it is chosen. */
  values: SafeHtml[];
  /** Its type, as a link where its parts are not shown here. */
  type: SafeHtml;
  about: SafeHtml;
  /** Its parts, where they are shown here. */
  parts: SafeHtml | undefined;
}

/** As many make tabs; more are a list. */
const MAX_TABS = 10;

/** The values of a discriminator that lead to a schema. */
export const valuesFor = (discriminator: Discriminator | undefined, name: string | undefined): string[] =>
  discriminator?.mapping.filter(([, target]) => target === name).map(([value]) => value) ?? [];

const printTabs = (printing: Printing, options: readonly Option[]): SafeHtml => {
  const name = printing.nextStack();
  return html`<div class="option-stack" data-tabs="">${options.map(
    ({ title, label, values, type, about, parts }, index) =>
      html`<details class="alternative" name="${name}"${index === 0 && html` open`}><summary><b>${title ?? label}</b>${values}</summary><div>${
        parts === undefined && html`<p class="schema-type"><span class="type">${type}</span></p>`
      }${about}${parts}</div></details>`,
  )}</div>`;
};

const printList = (options: readonly Option[]): SafeHtml =>
  html`<ul>${options.map(({ title, label, values, type, about, parts }) =>
    parts === undefined
      ? html`<li class="alternative"><span class="type">${title !== undefined && html`${title}: `}${type}</span>${values}${about}</li>`
      : html`<li class="alternative"><details class="nested"><summary><b>${title ?? label}</b>${values}</summary>${about}${parts}</details></li>`,
  )}</ul>`;

/** As tabs, where they are few and parts of one are shown; else as a list. */
export const printOptions = (printing: Printing, options: readonly Option[]): SafeHtml =>
  options.length <= MAX_TABS && options.some(({ parts }) => parts !== undefined)
    ? printTabs(printing, options)
    : printList(options);
