import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Response, ResponseLink } from '../model/model.ts';
import type { Printing } from '../schema/printing.ts';
import { typeLabel } from '../schema/type-label.ts';
import { inlineValue } from '../schema/values.ts';
import type { PrintContext } from './context.ts';
import { mediaIdentity, printMedia } from './media.ts';
import { printParameterList } from './parameters.ts';
import { printServers } from './servers.ts';
import { statusWords } from './status.ts';
import { statusKind } from './status-kind.ts';
import { externalLink, operationUrl } from './urls.ts';

const printLink = (context: PrintContext, link: ResponseLink): SafeHtml => {
  const target = link.operationId ?? link.operationRef;
  const address = target === undefined ? undefined : context.addressOf.get(target);
  const named =
    address === undefined
      ? html`<code>${externalLink(target ?? '')}</code>`
      : html`<a href="${operationUrl(address)}"><code>${link.operationId ?? address}</code></a>`;
  const rows = [
    ...link.parameters.map(([name, value]) => html`<li><code>${name}</code> = ${inlineValue(value)}</li>`),
    ...(link.requestBody === undefined ? [] : [html`<li>body = ${inlineValue(link.requestBody)}</li>`]),
  ];
  return html`<li><b>${link.name}</b>${target !== undefined && html` → ${named}`}${
    link.description !== undefined && html`<div class="prose">${context.prose(link.description)}</div>`
  }${rows.length > 0 && html`<ul class="rules">${rows}</ul>`}${link.server && html`<p class="schema-note">Sent to:</p>${printServers(context, [link.server])}`}</li>`;
};

/** Schemas of bodies that an operation has shown, and under which status: error responses tend to share one. */
type ShownBodies = Map<unknown, string>;

const printBody = (printing: Printing, id: string, { status, media }: Response, shown: ShownBodies): SafeHtml => {
  const [first] = media;
  const key = first && mediaIdentity(first);
  const shares = first?.schema !== undefined && media.every((each) => mediaIdentity(each) === key);
  const before = shares ? shown.get(key) : undefined;
  if (before === undefined) {
    if (shares) shown.set(key, status);
    return printMedia(printing, `${id}--${status}-media`, media);
  }
  const type = typeLabel(printing.reader, printing.reader.view(first?.schema), 'expand');
  return html`<p class="schema-note">Same body as <b>${before}</b>: <span class="type">${type}</span></p>`;
};

const printResponse = (
  context: PrintContext,
  printing: Printing,
  id: string,
  response: Response,
  shown: ShownBodies,
  open: boolean,
): SafeHtml => {
  const { status, headers, media, links } = response;
  const summary = response.summary ?? (response.description && context.plain(response.description, 120)) ?? statusWords(status);
  const long = response.description !== undefined && context.plain(response.description, 121) !== summary;
  const body = html`${long && html`<div class="prose">${context.prose(response.description ?? '')}</div>`}${
    headers.length > 0 && html`<h4>Headers</h4>${printParameterList(printing, headers)}`
  }${media.length > 0 && html`${headers.length > 0 && html`<h4>Body</h4>`}${printBody(printing, id, response, shown)}`}${
    links.length > 0 && html`<h4>Links</h4><ul class="links">${links.map((link) => printLink(context, link))}</ul>`
  }`;
  const head = html`<span class="status status-${statusKind(status)}">${status}</span> <span class="response-summary">${summary}</span>`;
  // A disclosure with nothing in it would promise what is not there.
  if (body.value === '') return html`<div class="response response-empty" data-status="${status}">${head}</div>`;
  return html`<details class="response" data-status="${status}"${open && html` open`}><summary>${head}</summary><div class="response-body">${body}</div></details>`;
};

/** Responses by status; the first successful one is open. Ids begin with `id`. */
export const printResponseList = (
  context: PrintContext,
  printing: Printing,
  id: string,
  responses: readonly Response[],
): SafeHtml[] => {
  const open = responses.find(({ status }) => status.startsWith('2')) ?? responses[0];
  const shown: ShownBodies = new Map();
  return responses.map((response) => printResponse(context, printing, id, response, shown, response === open));
};

/** The responses of an operation. */
export const printResponses = (
  context: PrintContext,
  printing: Printing,
  id: string,
  responses: readonly Response[],
): SafeHtml | undefined =>
  responses.length === 0
    ? undefined
    : html`<section class="operation-section"><h3 id="${id}--responses">Responses</h3>${printResponseList(
        context,
        printing,
        id,
        responses,
      )}</section>`;
