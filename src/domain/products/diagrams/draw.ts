import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DrawnDiagram } from '../../../rendering/diagrams/diagram.ts';
import { type ContextWithPorts, inTransaction } from '../../context.ts';
import { record } from '../../events/index.ts';
import { type ClaimedDiagram, claimDiagram, documentsWith, type StoredDrawing, storeDrawing } from './diagrams-store.ts';

const compress = promisify(gzip);

/** For how long a diagram is in one process's hands; longer than drawing one ever takes. */
const LEASE_MS = 60_000;

/** How often a drawing may be cut off, by a process that ended meanwhile, before nobody begins it any more. */
const MAX_ATTEMPTS = 5;

/** A drawing as it is kept, or why there is none. */
export const toStored = async (drawn: DrawnDiagram): Promise<StoredDrawing | { message: string }> => {
  if (!drawn.drawn) return { message: drawn.message };
  const [light, dark] = await Promise.all([compress(drawn.light), compress(drawn.dark)]);
  return { light, dark, width: drawn.width, height: drawn.height };
};

const outcomeOf = async (ctx: ContextWithPorts, diagram: ClaimedDiagram): Promise<StoredDrawing | { message: string }> =>
  diagram.attempts > MAX_ATTEMPTS
    ? { message: 'Drawing it was cut off each time' }
    : toStored(await ctx.ports.drawDiagram({ kind: diagram.kind, source: diagram.source }));

/**
 * Draws a diagram of a document that is not drawn yet, or was by an older version of the program; answers false when there is none.
 * @throws unavailable when nothing can be drawn at the moment: it stays to be drawn
 */
export const drawNextDiagram = async (ctx: ContextWithPorts): Promise<boolean> => {
  const diagram = await claimDiagram(ctx, new Date(ctx.now().getTime() + LEASE_MS));
  if (!diagram) return false;
  const outcome = await outcomeOf(ctx, diagram);
  await inTransaction(ctx, async (ctx) => {
    await storeDrawing(ctx, diagram.hash, outcome);
    const action = 'message' in outcome ? 'document.diagram-failed' : 'document.diagram-drawn';
    for (const subjectId of await documentsWith(ctx, diagram.hash))
      await record(ctx, { action, subjectId, details: { hash: diagram.hash } });
  });
  return true;
};
