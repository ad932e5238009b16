import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Server } from '../model/model.ts';
import type { PrintContext } from './context.ts';

const printVariable = (
  context: PrintContext,
  { name, default: value, options, description }: Server['variables'][number],
): SafeHtml =>
  html`<div><dt><code>{${name}}</code></dt><dd>${
    description !== undefined && html`<div class="prose">${context.prose(description)}</div>`
  }<ul class="rules">${value !== undefined && html`<li>default <code>${value}</code></li>`}${
    options.length > 0 && html`<li>one of ${options.map((option) => html`<code>${option}</code> `)}</li>`
  }</ul></dd></div>`;

/** Servers with their variables. */
export const printServers = (context: PrintContext, servers: readonly Server[]): SafeHtml =>
  html`<ul class="servers">${servers.map(
    (server) =>
      html`<li><code class="server-url" data-copy>${server.url}</code>${server.name !== undefined && html` <b>${server.name}</b>`}${
        server.description !== undefined && html`<div class="prose">${context.prose(server.description)}</div>`
      }${
        server.variables.length > 0 &&
        html`<dl class="properties">${server.variables.map((variable) => printVariable(context, variable))}</dl>`
      }</li>`,
  )}</ul>`;
