import { html, type SafeHtml } from '../../../../lib/html.ts';
import { plainExample, plainMedia } from '../model/media.ts';
import type { Operation } from '../model/model.ts';
import { asNode } from '../model/nodes.ts';
import type { SchemaUses } from '../model/uses.ts';
import { schemaName } from '../schema/type-label.ts';
import { printSamples } from './aside.ts';
import type { PrintContext } from './context.ts';
import { methodBadge } from './method.ts';
import { payloadsOf } from './payloads.ts';
import { operationUrl } from './urls.ts';

/** An operation, and where it is found. */
export interface Addressed {
  operation: Operation;
  address: string;
}

const MAX_USERS = 60;
const MAX_EXAMPLES = 3;
const EXAMPLE_BUDGET = 6_000;
/** So many schemas are described in their list; of more there are only the names. */
const MAX_DESCRIBED = 250;
const DESCRIPTION = 110;

const more = (hidden: number): SafeHtml | false => hidden > 0 && html`<p class="schema-note">and ${hidden} more</p>`;

const printUsers = (context: PrintContext, { operations, schemas }: SchemaUses<Addressed>): SafeHtml =>
  html`<section class="schema-uses"><h3>Used by</h3>${
    operations.length > 0 &&
    html`<ul class="users">${operations
      .slice(0, MAX_USERS)
      .map(
        ({ operation: { method, path, summary }, address }) =>
          html`<li>${methodBadge(method)} <a href="${operationUrl(address)}">${summary ?? path}</a></li>`,
      )}</ul>${more(operations.length - MAX_USERS)}`
  }${
    schemas.length > 0 &&
    html`<ul class="users">${schemas
      .slice(0, MAX_USERS)
      .map(
        (name) => html`<li>${schemaName(name, context.reader.resolver.schemas.has(name) ? 'link' : 'plain')}</li>`,
      )}</ul>${more(schemas.length - MAX_USERS)}`
  }</section>`;

const printExamples = (context: PrintContext, name: string): SafeHtml | undefined => {
  const schema = { $ref: context.reader.resolver.schemaPointer(name) };
  const { examples, xml } = context.reader.view(schema);
  const given = examples.filter((example) => asNode(example) !== undefined).slice(0, MAX_EXAMPLES);
  const budget = { left: EXAMPLE_BUDGET };
  const media = plainMedia(
    'application/json',
    schema,
    given.map((example) => plainExample(example)),
  );
  const items = [
    ...payloadsOf(context, [media], 'response', budget),
    ...(xml === undefined ? [] : payloadsOf(context, [plainMedia('application/xml', schema)], 'response', budget)),
  ];
  return printSamples('schema--example', 'Example', items);
};

/** What the page of a named schema has beside the schema itself: who uses it, and an example. Empty where there is neither. */
export const printSchemaPage = (context: PrintContext, name: string, uses: SchemaUses<Addressed> | undefined): SafeHtml => {
  const examples = printExamples(context, name);
  return html`${uses && printUsers(context, uses)}${examples && html`<div class="operation-aside">${examples}</div>`}`;
};

/** The list of the named schemas. */
export const printSchemaList = ({ reader, plain }: PrintContext): SafeHtml => {
  const { schemas } = reader.resolver;
  return html`<ul class="schema-list" id="schemas">${[...schemas].map(([name, schema]) => {
    const description = schemas.size > MAX_DESCRIBED ? undefined : reader.view(schema).description;
    return html`<li>${schemaName(name, 'link')}${description !== undefined && html` <span>${plain(description, DESCRIPTION)}</span>`}</li>`;
  })}</ul>`;
};
