import { html, type SafeHtml } from '../../../../lib/html.ts';
import type { Info, Logo } from '../model/model.ts';
import type { PrintContext } from './context.ts';
import { printSchemes } from './security.ts';
import { printServers } from './servers.ts';
import { externalLink, linkableUrl } from './urls.ts';

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
    ...(api.externalDocs ? [['More', externalLink(api.externalDocs.url, api.externalDocs.text)] as [string, SafeHtml]] : []),
    ...(api.self ? [['Address', externalLink(api.self)] as [string, SafeHtml]] : []),
    ...(api.dialect ? [['Schema dialect', html`<code>${api.dialect}</code>`] as [string, SafeHtml]] : []),
  ];
};

/** A colour for an attribute, where it is one. */
const colour = (value: string | undefined): string | undefined =>
  /^(?:#[\da-f]{3,8}|[a-z]{3,20})$/i.test(value ?? '') ? value : undefined;

const printLogo = ({ url, text, background, link }: Logo): SafeHtml | undefined => {
  if (!/^(?:https:\/\/|data:image\/(?:png|jpeg|gif|webp|svg\+xml);)/i.test(url)) return undefined;
  const fill = colour(background);
  const ground = fill && html`<svg aria-hidden="true"><rect width="100%" height="100%" fill="${fill}"/></svg>`;
  const picture = html`${ground}<img src="${url}" alt="${text ?? ''}" loading="lazy">`;
  const href = link === undefined ? undefined : linkableUrl(link);
  return html`<p class="overview-logo">${href === undefined ? picture : html`<a href="${href}" rel="noreferrer nofollow">${picture}</a>`}</p>`;
};

/** The overview of a document: what it says about itself, its servers, how to authenticate. */
export const printOverview = (context: PrintContext): SafeHtml => {
  const { info, logo, servers } = context.api;
  const about = facts(context);
  return html`<div class="reference-overview">${logo && printLogo(logo)}${info.summary !== undefined && html`<p class="overview-summary">${info.summary}</p>`}${
    info.description !== undefined && html`<div class="prose">${context.prose(info.description)}</div>`
  }${
    about.length > 0 &&
    html`<dl class="pairs overview-facts">${about.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
  }${
    servers.length > 0 && html`<section class="overview-section"><h2>Servers</h2>${printServers(context, servers)}</section>`
  }${printSchemes(context)}</div>`;
};
