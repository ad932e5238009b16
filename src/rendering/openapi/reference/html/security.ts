import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Operation, SecurityRequirement, SecurityScheme } from '../model/model.ts';
import { securityOf } from '../samples/authorization.ts';
import type { PrintContext } from './context.ts';
import { externalLink } from './urls.ts';

const FLOW_NAMES: ReadonlyMap<string, string> = new Map([
  ['authorizationCode', 'Authorization code'],
  ['clientCredentials', 'Client credentials'],
  ['implicit', 'Implicit'],
  ['password', 'Password'],
  ['deviceAuthorization', 'Device authorization'],
]);

const URL_NAMES: ReadonlyMap<string, string> = new Map([
  ['authorizationUrl', 'Authorization URL'],
  ['deviceAuthorizationUrl', 'Device authorization URL'],
  ['tokenUrl', 'Token URL'],
  ['refreshUrl', 'Refresh URL'],
]);

/** How a scheme works, in a few words. */
const schemeWords = (scheme: SecurityScheme): SafeHtml => {
  switch (scheme.type) {
    case 'apiKey':
      return html`API key in ${scheme.place ?? 'header'} <code>${scheme.parameterName}</code>`;
    case 'http':
      return html`HTTP ${scheme.scheme ?? 'authentication'}${scheme.bearerFormat !== undefined && html` (${scheme.bearerFormat})`}`;
    case 'oauth2':
      return html`OAuth 2.0`;
    case 'openIdConnect':
      return html`OpenID Connect`;
    case 'mutualTLS':
      return html`Client certificate (mutual TLS)`;
    default:
      return html`Authentication`;
  }
};

/** Id of a scheme in the overview, by its place in the document: names may hold anything. */
const schemeId = (context: PrintContext, name: string): string => `security-${[...context.api.schemes.keys()].indexOf(name) + 1}`;

const printNeeded = (context: PrintContext, requirement: SecurityRequirement): SafeHtml => {
  if (requirement.length === 0) return html`<li>No authorization</li>`;
  const schemes = requirement.map(({ scheme: name, scopes }, index) => {
    const scheme = context.api.schemes.get(name);
    const named = scheme ? html`<a href="spec:#${schemeId(context, name)}">${name}</a> ${schemeWords(scheme)}` : html`${name}`;
    const needed = scopes.map((scope) => html` <code class="scope">${scope}</code>`);
    return html`${index > 0 && html` <b>and</b> `}<span class="scheme">${named}</span>${needed.length > 0 && html` with${needed}`}`;
  });
  return html`<li>${schemes}</li>`;
};

/** Requirements of which one has to be met; none means that nothing is needed. */
export const printRequirements = (context: PrintContext, requirements: readonly SecurityRequirement[]): SafeHtml => {
  const alternatives = requirements.length === 0 ? [[]] : requirements;
  return html`${alternatives.length > 1 && html`<p class="schema-note">One of:</p>`}<ul class="authorization">${alternatives.map(
    (requirement) => printNeeded(context, requirement),
  )}</ul>`;
};

/** What an operation asks for, as alternatives; undefined when the document asks for nothing anywhere. */
export const printAuthorization = (context: PrintContext, id: string, operation: Operation): SafeHtml | undefined => {
  const security = securityOf(context.api, operation);
  if (security.length === 0 && context.api.security.length === 0) return undefined;
  const heading = `${id}--authorization`;
  return html`<section class="operation-section"><h3 id="${heading}">Authorization</h3>${printRequirements(context, security)}</section>`;
};

const printFlow = ({ name, urls, scopes }: SecurityScheme['flows'][number], isOnly: boolean): SafeHtml =>
  html`<details class="nested"${isOnly && html` open`}><summary>${FLOW_NAMES.get(name) ?? name} flow</summary><div><dl class="pairs">${urls.map(
    ([field, url]) => html`<div><dt>${URL_NAMES.get(field) ?? field}</dt><dd>${externalLink(url)}</dd></div>`,
  )}</dl>${
    scopes.length > 0 &&
    html`<p class="schema-note">Scopes</p><dl class="scopes">${scopes.map(
      (scope) => html`<div><dt><code>${scope.name}</code></dt><dd>${scope.description}</dd></div>`,
    )}</dl>`
  }</div></details>`;

/** The security schemes of a document. */
export const printSchemes = (context: PrintContext): SafeHtml | undefined => {
  const schemes = [...context.api.schemes.values()];
  if (schemes.length === 0) return undefined;
  const items = schemes.map(
    (scheme) =>
      html`<section class="security-scheme" id="${schemeId(context, scheme.name)}"><h3>${scheme.name}${
        scheme.deprecated && html` <span class="mark mark-deprecated">deprecated</span>`
      }</h3><p>${schemeWords(scheme)}</p>${
        scheme.description !== undefined && html`<div class="prose">${context.prose(scheme.description)}</div>`
      }${scheme.metadataUrl !== undefined && html`<p>Metadata: ${externalLink(scheme.metadataUrl)}</p>`}${scheme.flows.map((flow) => printFlow(flow, scheme.flows.length === 1))}</section>`,
  );
  return html`<section class="overview-section"><h2>Authentication</h2>${items}</section>`;
};
