import { html, raw, type SafeHtml } from '../../../../lib/html.ts';
import { highlightCode } from '../../../markdown/index.ts';
import type { Operation, Response } from '../model/model.ts';
import { type MarkedSample, placeCodeSamples } from '../samples/code-samples.ts';
import { sampleRequest } from '../samples/request.ts';
import type { PrintContext } from './context.ts';
import { type PayloadItem, payloadsOf } from './payloads.ts';
import { statusKind } from './status-kind.ts';

const MAX_RESPONSES = 12;
/** Characters of example payloads in one fragment; later ones are left out. */
const PAYLOAD_BUDGET = 6_000;
const MAX_SAMPLE = 20_000;

/** The document's own samples, one a label. */
const ownSamples = ({ codeSamples }: Operation): MarkedSample[] => {
  const own = new Map<string, MarkedSample>();
  for (const { label, language, source } of codeSamples)
    if (source.length <= MAX_SAMPLE && !own.has(label.toLowerCase()))
      own.set(label.toLowerCase(), { language, label, markup: highlightCode(source, language) });
  return [...own.values()];
};

const codeSamples = (context: PrintContext, id: string, operation: Operation): SafeHtml =>
  raw(
    placeCodeSamples({
      id,
      request: sampleRequest(context.api, context.reader, operation, context.requestBodies),
      own: ownSamples(operation),
    }),
  );

const stack = (name: string, items: readonly PayloadItem[]): SafeHtml =>
  html`<div class="sample-stack" data-tabs="example">${items.map(
    ({ label, body }, index) =>
      html`<details class="sample" name="${name}"${index === 0 && html` open`}><summary>${label}</summary>${body}</details>`,
  )}</div>`;

/** An example body, and the statuses that it is an example of. */
interface ResponsePayload extends PayloadItem {
  statuses: SafeHtml[];
}

const responsePayloads = (context: PrintContext, { status, media }: Response, budget: { left: number }): ResponsePayload[] => {
  const shown = html`<span class="status status-${statusKind(status)}">${status}</span>`;
  return payloadsOf(context, media, 'response', budget).map((item) => ({ ...item, statuses: [shown] }));
};

/** The same body for several statuses, as errors mostly have, is shown once; so is the media type that all of them have. */
const responsePayloadItems = (payloads: readonly ResponsePayload[]): { items: PayloadItem[]; type: string | undefined } => {
  const distinct = new Map<string, ResponsePayload>();
  for (const payload of payloads) {
    const key = `${payload.label.value} ${payload.body.value}`;
    const same = distinct.get(key);
    if (same) same.statuses.push(...payload.statuses);
    else distinct.set(key, payload);
  }
  const shown = [...distinct.values()];
  const [type, ...others] = new Set(shown.map((payload) => payload.type));
  const isShared = shown.length > 1 && others.length === 0 && type !== undefined;
  const items = shown.map(({ statuses, label, body }) => ({
    label: html`${statuses.map((status) => html`${status} `)}${!isShared && label}`,
    body,
  }));
  return { items, type: isShared ? type : undefined };
};

/** Example bodies under a title, of which one is open at a time; `name` is unique in the page. */
export const printSamples = (name: string, title: string | SafeHtml, items: readonly PayloadItem[]): SafeHtml | undefined =>
  items.length > 0 ? html`<section class="samples"><h3>${title}</h3>${stack(name, items)}</section>` : undefined;

/** The column beside an operation: code samples, then example bodies of the request and the responses. */
export const printAside = (context: PrintContext, id: string, operation: Operation): SafeHtml => {
  const budget = { left: PAYLOAD_BUDGET };
  const requests = payloadsOf(context, operation.body?.media ?? [], 'request', budget);
  const responses = responsePayloadItems(
    operation.responses.slice(0, MAX_RESPONSES).flatMap((response) => responsePayloads(context, response, budget)),
  );
  const isWebhook = operation.kind === 'webhook';
  const answer = isWebhook ? 'Your answer' : 'Example response';
  const { type } = responses;
  return html`<div class="operation-aside">${!isWebhook && codeSamples(context, id, operation)}${printSamples(
    `${id}--payload`,
    isWebhook ? 'Payload' : 'Example request',
    requests,
  )}${printSamples(
    `${id}--example`,
    type === undefined ? answer : html`${answer} <span class="media-name">${type}</span>`,
    responses.items,
  )}</div>`;
};
