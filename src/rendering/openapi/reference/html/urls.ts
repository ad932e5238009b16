import { html, type SafeHtml } from '../../../../lib/html.ts';
import { schemaAddress } from '../../schema-address.ts';

/** The address that may stand in a link: absolute with a harmless scheme. Anything else is shown as text. */
export const linkableUrl = (url: string): string | undefined => (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(url) ? url : undefined);

/** A link that leaves the portal, or the text alone where the address cannot be a link. */
export const externalLink = (url: string, text: string = url): SafeHtml => {
  const href = linkableUrl(url);
  return href === undefined ? html`${text}` : html`<a href="${href}" rel="noreferrer nofollow">${text}</a>`;
};

const encode = (name: string): string => encodeURIComponent(name.replace(/\p{Surrogate}/gu, '�'));

/** Address of the page of a named schema. */
export const schemaUrl = (name: string): string => `spec:/schemas/${encode(schemaAddress(name))}`;

export const operationUrl = (address: string): string => `spec:/operations/${encode(address)}`;

export const tagUrl = (name: string): string => `spec:?tag=${encode(name)}`;
