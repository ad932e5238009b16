import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Info } from '../model/model.ts';
import type { PrintContext } from './context.ts';
import { printSchemes } from './security.ts';
import { printServers } from './servers.ts';
import { externalLink } from './urls.ts';

const printContact = (contact: NonNullable<Info['contact']>): SafeHtml | undefined => {
  const { name, url, email } = contact;
  const parts = [
    ...(url === undefined ? (name === undefined ? [] : [html`${name}`]) : [externalLink(url, name ?? url)]),
    ...(email === undefined ? [] : [externalLink(`mailto:${email}`, email)]),
  ];
  return parts.length === 0 ? undefined : html`${parts.map((part, index) => html`${index > 0 && ', '}${part}`)}`;
};

const facts = ({ api }: PrintContext): [string, SafeHtml][] => {
  const { contact, license, termsOfService } = api.info;
  const reached = contact && printContact(contact);
  const name =
    license &&
    (license.identifier && license.identifier !== license.name ? `${license.name} (${license.identifier})` : license.name);
  return [
    ...(reached ? [['Contact', reached] as [string, SafeHtml]] : []),
    ...(license && name
      ? [['Licence', license.url ? externalLink(license.url, name) : html`${name}`] as [string, SafeHtml]]
      : []),
    ...(termsOfService ? [['Terms of service', externalLink(termsOfService)] as [string, SafeHtml]] : []),
    ...(api.externalDocs
      ? [['More', externalLink(api.externalDocs.url, api.externalDocs.text ?? api.externalDocs.url)] as [string, SafeHtml]]
      : []),
  ];
};

/** The overview of a document: what it says about itself, its servers, how to authenticate. */
export const printOverview = (context: PrintContext): SafeHtml => {
  const { info, servers } = context.api;
  const about = facts(context);
  return html`<div class="reference-overview">${info.summary !== undefined && html`<p class="overview-summary">${info.summary}</p>`}${
    info.description !== undefined && html`<div class="prose">${context.prose(info.description)}</div>`
  }${
    about.length > 0 &&
    html`<dl class="pairs overview-facts">${about.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
  }${
    servers.length > 0 && html`<section class="overview-section"><h2>Servers</h2>${printServers(context, servers)}</section>`
  }${printSchemes(context)}</div>`;
};
