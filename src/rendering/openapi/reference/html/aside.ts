import { html, raw, type SafeHtml } from '../../../../lib/html.ts';
import { highlightCode } from '../../../markdown/index.ts';
import type { Operation, Response } from '../model/model.ts';
import { type MarkedSample, placeCodeSamples } from '../samples/code-samples.ts';
import { preferredMedia, sampleRequest } from '../samples/request.ts';
import type { PrintContext } from './context.ts';
import { type PayloadItem, payloadsOf } from './payloads.ts';
import { statusKind } from './status.ts';

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

const requestPayloadItems = (context: PrintContext, operation: Operation, budget: { left: number }): PayloadItem[] => {
  const media = preferredMedia(operation.body?.media ?? []);
  if (media === undefined) return [];
  const items = payloadsOf(context, media, 'request', budget);
  return items.map(({ label, body }) => ({ label: label.value === '' ? html`${media.type}` : label, body }));
};

/** An example body, and the statuses that it is an example of. */
interface ResponsePayload {
  statuses: SafeHtml[];
  label: SafeHtml;
  body: SafeHtml;
}

const responsePayloads = (context: PrintContext, response: Response, budget: { left: number }): ResponsePayload[] => {
  const media = preferredMedia(response.media);
  if (media === undefined) return [];
  const status = html`<span class="status status-${statusKind(response.status)}">${response.status}</span>`;
  return payloadsOf(context, media, 'response', budget).map(({ label, body }) => ({
    statuses: [status],
    label: label.value === '' ? html`${media.type}` : label,
    body,
  }));
};

/** The same body for several statuses, as errors mostly have, is shown once. */
const responsePayloadItems = (payloads: readonly ResponsePayload[]): PayloadItem[] => {
  const distinct = new Map<string, ResponsePayload>();
  for (const payload of payloads) {
    const key = `${payload.label.value} ${payload.body.value}`;
    const same = distinct.get(key);
    if (same) same.statuses.push(...payload.statuses);
    else distinct.set(key, payload);
  }
  return [...distinct.values()].map(({ statuses, label, body }) => ({
    label: html`${statuses.map((status) => html`${status} `)}${label}`,
    body,
  }));
};

/** The column beside an operation: code samples, then example bodies of the request and the responses. */
export const printAside = (context: PrintContext, id: string, operation: Operation): SafeHtml => {
  const budget = { left: PAYLOAD_BUDGET };
  const requests = requestPayloadItems(context, operation, budget);
  const responses = responsePayloadItems(
    operation.responses.slice(0, MAX_RESPONSES).flatMap((response) => responsePayloads(context, response, budget)),
  );
  const section = (kind: string, title: string, items: PayloadItem[]): SafeHtml | false =>
    items.length > 0 && html`<section class="samples"><h3>${title}</h3>${stack(`${id}--${kind}`, items)}</section>`;
  return html`<div class="operation-aside">${operation.kind === 'operation' && codeSamples(context, id, operation)}${section(
    'payload',
    operation.kind === 'webhook' ? 'Payload' : 'Example request',
    requests,
  )}${section('example', operation.kind === 'webhook' ? 'Your answer' : 'Example response', responses)}</div>`;
};
