import { isDeepStrictEqual } from 'node:util';
import type { OAuthFlow, SecurityRequirement, SecurityScheme, Server } from '../reference/model/model.ts';
import { type At, note, pairUp, within } from './comparing.ts';
import type { Words } from './types.ts';
import { code, listed, plain, say } from './words.ts';

const schemesOf = (requirement: SecurityRequirement): string[] => requirement.map(({ scheme }) => scheme).sort();

const requirementWords = (requirement: SecurityRequirement): Words => listed(schemesOf(requirement), ' and ');

const isOpen = (requirements: readonly SecurityRequirement[]): boolean =>
  requirements.length === 0 || requirements.some(({ length }) => length === 0);

const compareScopes = (at: At, before: SecurityRequirement, after: SecurityRequirement): void => {
  const scopesOf = (requirement: SecurityRequirement): string[] => requirement.flatMap(({ scopes }) => scopes);
  const { removed, added } = pairUp(scopesOf(before), scopesOf(after), (scope) => scope);
  const label = requirementWords(after);
  if (added.length > 0)
    note(at, 'added', at.side === 'sent' ? 'breaking' : 'safe', say`${label} needs the scope ${listed(added)} too`);
  if (removed.length > 0) note(at, 'removed', 'safe', say`${label} no longer needs the scope ${listed(removed)}`);
};

/** Compares what callers have to show, alternative by alternative. */
export const compareSecurity = (at: At, before: readonly SecurityRequirement[], after: readonly SecurityRequirement[]): void => {
  const here = within(at, plain('authorization'));
  const refusal = at.side === 'sent' ? 'breaking' : 'risky';
  const [wasOpen, isNowOpen] = [isOpen(before), isOpen(after)];
  if (wasOpen && isNowOpen) return;
  if (wasOpen) {
    const [first = []] = after;
    note(here, 'added', refusal, say`needed now: ${requirementWords(first)}`);
    return;
  }
  if (isNowOpen) {
    note(here, 'removed', 'safe', plain('no longer needed'));
    return;
  }
  const { removed, added, both } = pairUp(before, after, (requirement) => JSON.stringify(schemesOf(requirement)));
  for (const requirement of removed) note(here, 'removed', refusal, say`no longer by ${requirementWords(requirement)}`);
  for (const requirement of added) note(here, 'added', 'safe', say`now by ${requirementWords(requirement)} too`);
  for (const [one, other] of both) compareScopes(here, one, other);
};

/** Compares the addresses that the API has. */
export const compareServers = (at: At, before: readonly Server[], after: readonly Server[]): void => {
  const { removed, added, both } = pairUp(before, after, ({ url }) => url);
  const here = ({ url }: Server): At => within(at, say`server ${url}`);
  for (const server of removed) note(here(server), 'removed', 'breaking', plain('removed'));
  for (const server of added) note(here(server), 'added', 'safe', plain('new'));
  for (const [one, other] of both) {
    const values = ({ variables }: Server) => variables.map(({ name, default: value, options }) => [name, value, options]);
    if (!isDeepStrictEqual(values(one), values(other)))
      note(here(other), 'changed', 'risky', plain('other values of its variables'));
    if (one.description !== other.description || one.name !== other.name)
      note(here(other), 'changed', 'wording', plain('another description'));
  }
};

const kindOf = ({ type, scheme, place, parameterName }: SecurityScheme): string =>
  [type, scheme, place, parameterName].filter((part) => part !== undefined).join(' ');

const compareFlow = (at: At, before: OAuthFlow, after: OAuthFlow): void => {
  const { removed, added } = pairUp(before.scopes, after.scopes, ({ name }) => name);
  const names = (scopes: readonly { name: string }[]): Words => listed(scopes.map(({ name }) => name));
  if (removed.length > 0) note(at, 'removed', 'breaking', say`no longer has the scope ${names(removed)}`);
  if (added.length > 0) note(at, 'added', 'safe', say`has the scope ${names(added)} now`);
  if (!isDeepStrictEqual(before.urls, after.urls)) note(at, 'changed', 'risky', plain('other addresses'));
};

/** Compares the ways to prove who calls, by name. */
export const compareSchemes = (
  at: At,
  before: ReadonlyMap<string, SecurityScheme>,
  after: ReadonlyMap<string, SecurityScheme>,
): void => {
  const { removed, added, both } = pairUp([...before.values()], [...after.values()], ({ name }) => name);
  const here = ({ name }: SecurityScheme): At => within(at, say`security scheme ${name}`);
  // Who may no longer call by it, the operations say.
  for (const scheme of removed) note(here(scheme), 'removed', 'risky', plain('removed'));
  for (const scheme of added) note(here(scheme), 'added', 'safe', plain('new'));
  for (const [one, other] of both) {
    const at = here(other);
    if (kindOf(one) !== kindOf(other)) note(at, 'changed', 'breaking', say`${kindOf(other)} instead of ${kindOf(one)}`);
    if (one.metadataUrl !== other.metadataUrl) note(at, 'changed', 'risky', plain('another address of its metadata'));
    if (one.description !== other.description) note(at, 'changed', 'wording', plain('another description'));
    const flows = pairUp(one.flows, other.flows, ({ name }) => name);
    for (const { name } of flows.removed) note(at, 'removed', 'breaking', say`no longer has the flow ${name}`);
    for (const { name } of flows.added) note(at, 'added', 'safe', say`has the flow ${name} now`);
    for (const [earlier, later] of flows.both) compareFlow(within(at, code(later.name)), earlier, later);
  }
};
