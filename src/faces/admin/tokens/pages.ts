import type { RegionCode } from '../../../domain/regions/index.ts';
import type { Account } from '../../../domain/roles/index.ts';
import type { Token } from '../../../domain/tokens/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { html } from '../../../lib/html.ts';
import type { Cell } from '../organisation/list-page.ts';
import { organisationPaths } from '../organisation/paths.ts';
import { timeHtml } from '../time.ts';

/** Whose tokens a page is about: one's own, or those of a system account. */
export interface TokenOwner {
  readonly isOwn: boolean;
  readonly account: Account;
}

export const revokePath = (region: RegionCode, { isOwn, account }: TokenOwner, { id }: Token): string =>
  isOwn ? organisationPaths.revokeOwnToken(region, id) : organisationPaths.revokeToken(region, account, id);

const endCell = ({ expiresAt }: Token, now: Date): Cell => {
  if (expiresAt === undefined) return { text: 'Never' };
  return new Date(expiresAt) <= now
    ? { html: html`<span class="badge badge-warning">Expired</span>` }
    : { html: timeHtml(expiresAt) };
};

/** The tokens of an account as a table; false when there is none. */
export const tokenTable = (region: RegionCode, owner: TokenOwner, tokens: readonly Token[], now: Date, mayRevoke: boolean) =>
  tokens.length > 0 && {
    caption: 'All tokens',
    head: ['Name', 'Begins with', 'Made', 'Last used', 'Expires', ...(mayRevoke ? ['Revoke'] : [])].map((text) => ({ text })),
    rows: tokens.map((token): Cell[] => [
      { text: token.name, header: true },
      { html: html`<code>${token.prefix}…</code>` },
      { html: timeHtml(token.createdAt) },
      token.lastUsedAt === undefined ? { text: 'Never' } : { html: timeHtml(token.lastUsedAt) },
      endCell(token, now),
      ...(mayRevoke
        ? [
            {
              html: html`<a href="${revokePath(region, owner, token)}">Revoke<span class="visually-hidden"> ${token.name}</span></a>`,
            },
          ]
        : []),
    ]),
  };

/** For how long a token is made, in days. */
export const LIFETIMES = ['7', '30', '90', '180', '365'] as const;

export const TOKEN_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', required: true, autocomplete: 'off', hint: 'What it is for, so that you recognise it later.' },
  {
    name: 'days',
    label: 'Expires after',
    type: 'select',
    options: LIFETIMES.map((days) => ({ value: days, text: `${days} days` })),
  },
];
