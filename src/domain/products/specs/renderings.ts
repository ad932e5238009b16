import { withoutRivals } from '../../../database/lock.ts';
import { REFERENCE_RENDERER_VERSION } from '../../../rendering/openapi/types.ts';
import type { RenderedSpecification } from '../../../rendering/pool.ts';
import { type Context, type ContextWithPorts, inTransaction } from '../../context.ts';
import { record } from '../../events/index.ts';
import { prepareFragments, prepareIndex } from './content.ts';
import { holdContent, readSpecificationBytes, replaceIndex, storeFindings } from './content-store.ts';
import { findAttempts, replaceFragments, storeRendering } from './rendering-store.ts';
import { specificationsOfContent } from './specification-store.ts';

/** How often a rendering may be cut off, by a process that ended meanwhile, before nobody begins it any more. */
const MAX_ATTEMPTS = 5;

const CUT_OFF: RenderedSpecification = {
  accepted: false,
  findings: [{ severity: 'error', rule: 'crashed', message: 'The document could not be rendered: each attempt was cut off.' }],
};

/**
 * Makes the HTML of a stored document if it is to be rendered: because nobody has yet, or because an older renderer did. A document that
 * cannot be rendered keeps what it has, is told so in its findings, and is left alone until it is uploaded again or the renderer changes.
 * @returns whether that is settled now; false while another process is at it
 * @throws unavailable when too many documents are waiting: it stays to be rendered
 */
export const renderSpecification = async (ctx: ContextWithPorts, contentHash: string): Promise<boolean> => {
  if ((await findAttempts(ctx, contentHash)) === undefined) return true;
  const settled = await withoutRivals(ctx.db, ctx.engine, `render ${contentHash}`, async (db) => {
    await renderAlone({ ...ctx, db }, contentHash);
    return true;
  });
  return settled ?? false;
};

const renderAlone = async (ctx: ContextWithPorts, contentHash: string): Promise<void> => {
  const attempts = await findAttempts(ctx, contentHash);
  const [specification] = await specificationsOfContent(ctx, contentHash);
  const bytes = await readSpecificationBytes(ctx, contentHash);
  if (attempts === undefined || specification === undefined || bytes === undefined) return; // done or deleted meanwhile
  if (attempts >= MAX_ATTEMPTS) return settle(ctx, contentHash, CUT_OFF);
  await storeRendering(ctx, contentHash, { attempts: attempts + 1 });
  let outcome: RenderedSpecification;
  try {
    outcome = await ctx.ports.renderSpecification(bytes, specification.name);
  } catch (error) {
    await storeRendering(ctx, contentHash, { attempts }); // never came to it
    throw error;
  }
  await settle(ctx, contentHash, outcome);
};

const settle = (ctx: Context, contentHash: string, outcome: RenderedSpecification): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    if (!(await holdContent(ctx, contentHash)) || (await findAttempts(ctx, contentHash)) === undefined) return;
    const specifications = await specificationsOfContent(ctx, contentHash);
    if (specifications.length === 0) return; // replaced meanwhile
    if (outcome.accepted) {
      await replaceIndex(ctx, contentHash, prepareIndex(outcome));
      await replaceFragments(ctx, contentHash, prepareFragments(outcome));
      await storeRendering(ctx, contentHash, { renderer_version: REFERENCE_RENDERER_VERSION, refused_by: 0, attempts: 0 });
    } else {
      await storeFindings(ctx, contentHash, outcome.findings);
      await storeRendering(ctx, contentHash, { refused_by: REFERENCE_RENDERER_VERSION, attempts: 0 });
    }
    const action = outcome.accepted ? 'specification.rendered' : 'specification.rendering-failed';
    for (const { id } of specifications) await record(ctx, { action, subjectId: id, details: { contentHash } });
  });
