import { isDeepStrictEqual } from 'node:util';
import type { MediaType, RequestBody, Response } from '../reference/model/model.ts';
import { type At, type Comparing, note, opposite, pairUp, startFound, within } from './comparing.ts';
import { compareHeaders } from './parameters.ts';
import { addedText, compareRequired, whenAdded, whenRemoved } from './schema-members.ts';
import type { Difference } from './types.ts';
import { listed, plain, say } from './words.ts';

const mediaKey = ({ type }: MediaType): string => type.toLowerCase().replace(/\s+/g, '');

const compareMedium = (comparing: Comparing, at: At, before: MediaType, after: MediaType): void => {
  comparing.schemas(at, before.schema, after.schema);
  comparing.schemas(at, before.itemSchema, after.itemSchema);
  if (!isDeepStrictEqual(before.encodings, after.encodings))
    note(at, 'changed', 'risky', plain('its parts are written otherwise'));
  if (!isDeepStrictEqual(before.examples, after.examples)) note(at, 'changed', 'wording', plain('other examples'));
};

type Pairs = readonly (readonly [MediaType, MediaType])[];

/** Compares the same thing in several media types: what differs in all of them is told once, else the media types are named. */
const compareAlike = (comparing: Comparing, at: At, pairs: Pairs): void => {
  const told = new Map<string, { readonly difference: Difference; readonly types: string[] }>();
  for (const [one, other] of pairs) {
    const found = startFound();
    compareMedium(comparing, { ...at, found, place: [] }, one, other);
    for (const used of found.uses) at.found.uses.add(used);
    for (const difference of found.differences) {
      const key = JSON.stringify(difference);
      const known = told.get(key) ?? { difference, types: [] };
      told.set(key, known);
      known.types.push(other.type);
    }
  }
  for (const { difference, types } of told.values()) {
    const here = types.length === pairs.length ? at : within(at, listed(types));
    const { place } = difference.place.length === 0 ? here : within(here, difference.place);
    note({ ...here, place }, difference.kind, difference.effect, difference.text);
  }
};

/** Compares what may be sent in a body. */
const compareMedia = (comparing: Comparing, at: At, before: readonly MediaType[], after: readonly MediaType[]): void => {
  const { removed, added, both } = pairUp(before, after, mediaKey);
  for (const { type } of removed) note(at, 'removed', 'breaking', say`no longer as ${type}`);
  for (const { type } of added)
    note(at, 'added', 'safe', before.length === 0 ? say`with a body now, as ${type}` : say`also as ${type}`);
  compareAlike(comparing, at, both);
};

/** Compares request bodies. */
export const compareBodies = (
  comparing: Comparing,
  at: At,
  before: RequestBody | undefined,
  after: RequestBody | undefined,
): void => {
  const here = within(at, plain('request body'));
  if (before === undefined && after === undefined) return;
  if (before === undefined) {
    note(here, 'added', whenAdded(at, after?.required === true), addedText(after?.required === true));
    return;
  }
  if (after === undefined) {
    note(here, 'removed', whenRemoved(at), plain('removed'));
    return;
  }
  compareRequired(here, before.required, after.required);
  if (before.description !== after.description) note(here, 'changed', 'wording', plain('another description'));
  compareMedia(comparing, here, before.media, after.media);
};

const isSuccess = ({ status }: Response): boolean => /^[123]/.test(status);

const compareResponse = (comparing: Comparing, at: At, before: Response, after: Response): void => {
  compareHeaders(comparing, at, before.headers, after.headers);
  compareMedia(comparing, at, before.media, after.media);
  const links = pairUp(before.links, after.links, ({ name }) => name);
  for (const { name } of links.removed) note(within(at, say`link ${name}`), 'removed', 'risky', plain('removed'));
  for (const { name } of links.added) note(within(at, say`link ${name}`), 'added', 'safe', plain('new'));
  for (const [one, other] of links.both)
    if (!isDeepStrictEqual(one, other)) note(within(at, say`link ${other.name}`), 'changed', 'risky', plain('leads elsewhere'));
  if (before.summary !== after.summary || before.description !== after.description)
    note(at, 'changed', 'wording', plain('another description'));
};

/** Compares responses, by status. `at` is where the request is: the response is what its sender reads. */
export const compareResponses = (
  comparing: Comparing,
  request: At,
  before: readonly Response[],
  after: readonly Response[],
): void => {
  const at = opposite(request);
  const { removed, added, both } = pairUp(before, after, ({ status }) => status);
  const here = ({ status }: Response): At => within(at, say`response ${status}`);
  for (const response of removed) note(here(response), 'removed', isSuccess(response) ? 'breaking' : 'risky', plain('removed'));
  for (const response of added)
    note(here(response), 'added', isSuccess(response) && at.side === 'read' ? 'risky' : 'safe', plain('new'));
  for (const [one, other] of both) compareResponse(comparing, here(other), one, other);
};
