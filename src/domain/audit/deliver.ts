import { toInstant } from '../../database/codec.ts';
import type { ContextWithPorts, DeliveryOutcome, OrganisationContext } from '../context.ts';
import { numberEvents } from '../events/index.ts';
import {
  type Attempt,
  type ClaimedWebhook,
  type Cursors,
  claimWebhook,
  findRunningReplay,
  type RunningReplay,
  releaseWebhook,
  storeAttempt,
  storeReplayProgress,
} from './delivery-store.ts';
import type { AuditEntry } from './entry.ts';
import { sendEntries } from './send-entries.ts';
import {
  BATCH,
  byTime,
  type NumberedEntry,
  nextOfOrganisation,
  nextOfRange,
  nextOfRegion,
  type Trails,
} from './trail-queries.ts';
import { isSuccess } from './webhooks-store.ts';

/**
 * Sends a batch of the audit log for one webhook that has something to send: what has happened since the last batch, else a part of a
 * replay. A batch counts as sent when the answer says so, and is sent again until it does: at least once, in order.
 * Answers whether there was anything to do.
 */
export const deliverNext = async (ctx: ContextWithPorts, organisation: OrganisationContext): Promise<boolean> => {
  const last = { region: await numberEvents(ctx, 'region'), organisation: await numberEvents(organisation, 'organisation') };
  const webhook = await claimWebhook(ctx, last);
  if (!webhook) return false;
  const trails = { region: ctx, organisation };
  const { entries, cursors } = await nextBatch(trails, webhook, last);
  if (entries.length > 0) await sendBatch(ctx, webhook, entries, cursors);
  else {
    const replay = await findRunningReplay(ctx, webhook.id);
    if (replay) await sendReplay(ctx, trails, webhook, replay);
    await releaseWebhook(ctx, webhook.id, cursors);
  }
  return true;
};

/** What a webhook has to send next, in the order in which it happened, and how far that goes. */
const nextBatch = async (
  trails: Trails,
  { scope, cursors, startedAt: since }: ClaimedWebhook,
  last: Cursors,
): Promise<{ entries: AuditEntry[]; cursors: Cursors }> => {
  const ofRegion = await nextOfRegion(trails, scope, { after: cursors.region, since });
  const isWhole = scope === 'organisation';
  const ofOrganisation = isWhole ? await nextOfOrganisation(trails, { after: cursors.organisation, since }) : [];
  return {
    entries: isWhole ? [...ofRegion, ...ofOrganisation].sort(byTime) : ofRegion,
    cursors: { region: reached(ofRegion, last.region), organisation: reached(ofOrganisation, last.organisation) },
  };
};

/** How far a batch goes: to its end when it is full; else to what was numbered before it was read, or to what came since. */
const reached = (entries: readonly NumberedEntry[], last: number): number => {
  const end = entries.at(-1)?.sequence ?? last;
  return entries.length === BATCH ? end : Math.max(end, last);
};

const sendBatch = async (
  ctx: ContextWithPorts,
  webhook: ClaimedWebhook,
  entries: readonly AuditEntry[],
  cursors: Cursors,
): Promise<void> => {
  const outcome = await sendEntries(ctx, webhook.target, entries);
  await storeAttempt(ctx, webhook.id, attemptOf(ctx, webhook, outcome, cursors));
};

const attemptOf = (ctx: ContextWithPorts, { failures }: ClaimedWebhook, outcome: DeliveryOutcome, cursors?: Cursors): Attempt => {
  if (isSuccess(outcome.status)) return { outcome, failures: 0, nextAt: null, cursors };
  return { outcome, failures: failures + 1, nextAt: toInstant(new Date(ctx.now().getTime() + pauseAfter(failures + 1))) };
};

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long to wait after so many failures in a row. */
const pauseAfter = (failures: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);

/** After how many failures a replay is given up; what happens now is never given up. */
const REPLAY_ATTEMPTS = 10;

const sendReplay = async (
  ctx: ContextWithPorts,
  trails: Trails,
  webhook: ClaimedWebhook,
  replay: RunningReplay,
): Promise<void> => {
  const entries = await nextOfRange(trails, webhook.scope, replay);
  if (entries.length === 0) {
    await storeReplayProgress(ctx, webhook.id, { status: 'completed', failures: 0 });
    return;
  }
  const outcome = await sendEntries(ctx, webhook.target, entries);
  await storeAttempt(ctx, webhook.id, attemptOf(ctx, webhook, outcome));
  if (isSuccess(outcome.status)) {
    const status = entries.length < BATCH ? 'completed' : 'running';
    await storeReplayProgress(ctx, webhook.id, { status, after: entries.at(-1), failures: 0 });
  } else {
    const failures = replay.failures + 1;
    await storeReplayProgress(ctx, webhook.id, { status: failures < REPLAY_ATTEMPTS ? 'running' : 'failed', failures });
  }
};
