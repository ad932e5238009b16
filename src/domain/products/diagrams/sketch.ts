import { type DiagramSource, diagramHash } from '../../../rendering/diagrams/diagram.ts';
import type { ContextWithPorts } from '../../context.ts';
import { DomainError } from '../../errors.ts';
import type { ProductId } from '../../ids.ts';
import { demandProduct } from '../scope/index.ts';
import { findDiagrams, storeSketch } from './diagrams-store.ts';
import { toStored } from './draw.ts';

/**
 * Draws diagrams of a text that is not saved, as far as nobody knows them: at most so many at once, since each may take seconds; none when
 * too much waits to be drawn. They are kept for a day, or for as long as a document holds them. A look is no change: nothing is recorded.
 * @throws not-found; forbidden
 */
export const sketchDiagrams = async (
  ctx: ContextWithPorts,
  productId: ProductId,
  diagrams: readonly DiagramSource[],
  atMost: number,
): Promise<void> => {
  demandProduct(ctx, 'edit', productId);
  const byHash = new Map(diagrams.map((diagram) => [diagramHash(diagram), diagram]));
  const known = await findDiagrams(ctx, [...byHash.keys()]);
  const unknown = [...byHash].filter(([hash]) => !known.has(hash)).slice(0, atMost);
  try {
    for (const [hash, diagram] of unknown)
      await storeSketch(ctx, hash, diagram, await toStored(await ctx.ports.drawDiagram(diagram)));
  } catch (error) {
    if (!(error instanceof DomainError && error.kind === 'unavailable')) throw error;
  }
};
