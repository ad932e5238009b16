import { html, type SafeHtml } from '../../../../lib/html.ts';
import { printSchema } from '../schema/print.ts';
import { startBudget } from '../schema/printing.ts';
import { type PrintContext, startPrinting } from './context.ts';

/** Characters of a schema's own fragment, beyond which descriptions are cut short. */
const FRAGMENT_BUDGET = 24_000;
/** Of these, for its alternatives. */
const ALTERNATIVES_BUDGET = 6_000;

/** The fragment of a named schema: no ids, because it may be put into a page many times; other named schemas are links. */
export const printSchemaFragment = (context: PrintContext, name: string, schema: unknown): SafeHtml => {
  const printing = startPrinting(context, 'both', startBudget(FRAGMENT_BUDGET, ALTERNATIVES_BUDGET), 0);
  return html`<div class="schema-fragment" data-schema-name="${name}">${printSchema(
    { ...printing, xml: true, ancestors: [name], fragmentOf: name },
    schema,
  )}</div>`;
};
