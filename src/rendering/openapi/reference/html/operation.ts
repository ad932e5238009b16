import { html, type SafeHtml } from '../../../../lib/html.ts';
import { placeTryLink } from '../fragments.ts';
import type { Callback, Operation } from '../model/model.ts';
import { baseUrl } from '../samples/request.ts';
import { type Budget, startBudget } from '../schema/printing.ts';
import { printAside } from './aside.ts';
import { type PrintContext, startPrinting } from './context.ts';
import { printMedia } from './media.ts';
import { methodBadge } from './method.ts';
import { printParameterList, printParameters } from './parameters.ts';
import { printPath } from './path.ts';
import { printResponseList, printResponses } from './responses.ts';
import { printAuthorization, printRequirements } from './security.ts';
import { printServers } from './servers.ts';
import { externalLink, operationUrl, tagUrl } from './urls.ts';

/** Characters of schemas in the request of an operation, and as many in its responses, beyond which they are left to links. */
const SCHEMA_BUDGET = 9_000;
/** Of these, for schemas inside others, as far as the rest leaves room. */
const NESTED_BUDGET = 2_500;
const CALLBACK_BUDGET = 6_000;

const printHeader = (context: PrintContext, operation: Operation, address: string, id: string): SafeHtml => {
  const endpoint = html`<p class="operation-endpoint">${methodBadge(operation.method)} <code class="operation-path"${
    operation.kind === 'operation' && html` data-copy`
  }>${printPath(operation.path)}</code></p>`;
  const tags = operation.tags.map((tag) => html`<li><a href="${tagUrl(tag)}">${context.tagTitles.get(tag) ?? tag}</a></li>`);
  const { operationId, summary } = operation;
  return html`<header class="operation-header"><h2 class="operation-title" id="${id}--title"><a href="${operationUrl(address)}">${
    summary ?? operation.path
  }</a>${operation.kind === 'webhook' && html` <span class="mark mark-note">webhook</span>`}${
    operation.deprecated && html` <span class="mark mark-deprecated">deprecated</span>`
  }</h2>${endpoint}${
    tags.length > 0 && html`<ul class="operation-tags" aria-label="Tags">${tags}</ul>`
  }${operationId !== undefined && html`<p class="operation-id">Operation id <code data-copy>${operationId}</code></p>`}${
    operation.kind === 'operation' && placeTryLink(address)
  }</header>`;
};

const printBody = (context: PrintContext, id: string, operation: Operation, budget: Budget): SafeHtml | undefined => {
  const { body } = operation;
  if (body === undefined) return undefined;
  const heading = `${id}--body`;
  const audience = operation.kind === 'webhook' ? 'response' : 'request';
  return html`<section class="operation-section"><h3 id="${heading}">${
    operation.kind === 'webhook' ? 'Payload' : 'Request body'
  }${body.required && html` <span class="required">required</span>`}</h3>${
    body.description !== undefined && html`<div class="prose">${context.prose(body.description)}</div>`
  }${printMedia(startPrinting(context, audience, budget, 1), `${id}--body-media`, body.media)}</section>`;
};

const printCallback = (
  context: PrintContext,
  id: string,
  { name, expression, operation }: Callback,
  budget: Budget,
): SafeHtml => {
  const printing = startPrinting(context, 'both', budget, 0);
  const { summary, description, externalDocs } = operation;
  const mark = operation.deprecated && html` <span class="mark mark-deprecated">deprecated</span>`;
  return html`<details class="callback"><summary><b>${name}</b> ${methodBadge(operation.method)} <code>${expression}</code>${mark}</summary>${
    summary !== undefined && html`<p><b>${summary}</b></p>`
  }${description !== undefined && html`<div class="prose">${context.prose(description)}</div>`}${
    externalDocs !== undefined && html`<p>${externalLink(externalDocs.url, externalDocs.text)}</p>`
  }${operation.security !== undefined && html`<h4>Authorization</h4>${printRequirements(context, operation.security)}`}${operation.parameters.length > 0 && html`<h4>Parameters</h4>${printParameterList(printing, operation.parameters)}`}${
    operation.body && html`<h4>Payload</h4>${printMedia(printing, `${id}-media`, operation.body.media)}`
  }${operation.responses.length > 0 && html`<h4>Your answer</h4>${printResponseList(context, printing, id, operation.responses)}`}</details>`;
};

const printCallbacks = (context: PrintContext, id: string, callbacks: readonly Callback[]): SafeHtml | undefined => {
  if (callbacks.length === 0) return undefined;
  const heading = `${id}--callbacks`;
  const budget = startBudget(CALLBACK_BUDGET, 0);
  return html`<section class="operation-section"><h3 id="${heading}">Callbacks</h3>${callbacks.map((callback, index) =>
    printCallback(context, `${id}--callback-${index + 1}`, callback, budget),
  )}</section>`;
};

const printOwnServers = (context: PrintContext, id: string, operation: Operation): SafeHtml | undefined =>
  operation.servers &&
  html`<section class="operation-section"><h3 id="${id}--servers">Servers</h3>${printServers(
    context,
    operation.servers,
  )}</section>`;

/** The whole of an operation: `<article class="operation">`. Ids in it begin with `operation-` and its address. */
export const printOperation = (context: PrintContext, operation: Operation, address: string): SafeHtml => {
  const id = `operation-${address}`;
  const requestBudget = startBudget(SCHEMA_BUDGET, NESTED_BUDGET);
  const responseBudget = startBudget(SCHEMA_BUDGET, NESTED_BUDGET);
  const answers = operation.kind === 'webhook' ? 'request' : 'response';
  const { externalDocs } = operation;
  return html`<article class="operation${operation.deprecated && ' operation-deprecated'}" id="${id}" aria-labelledby="${id}--title" data-kind="${operation.kind}" data-method="${operation.method}" data-path="${operation.path}"${
    operation.kind === 'operation' && html` data-server="${baseUrl(context.api, operation)}"`
  }>${printHeader(context, operation, address, id)}<div class="operation-columns"><div class="operation-main">${
    operation.deprecated &&
    html`<p class="operation-notice">This operation is deprecated and may be removed. Avoid it in new code.</p>`
  }${operation.description !== undefined && html`<div class="prose">${context.prose(operation.description)}</div>`}${
    externalDocs !== undefined && html`<p>${externalLink(externalDocs.url, externalDocs.text)}</p>`
  }${
    operation.pathDescription !== undefined &&
    html`<div class="prose path-description">${context.prose(operation.pathDescription)}</div>`
  }${printOwnServers(context, id, operation)}${printAuthorization(context, id, operation)}${printParameters(
    startPrinting(context, 'request', requestBudget, 1),
    id,
    operation.parameters,
  )}${printBody(context, id, operation, requestBudget)}${printResponses(
    context,
    startPrinting(context, answers, responseBudget, 1),
    id,
    operation.responses,
  )}${printCallbacks(context, id, operation.callbacks)}</div>${printAside(context, id, operation)}</div></article>`;
};
