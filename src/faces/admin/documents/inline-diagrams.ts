import { findDiagrams, readDrawing } from '../../../domain/products/index.ts';
import type { ShownDiagram } from '../../../rendering/diagrams/figure.ts';
import type { AdminContext } from '../context.ts';

const dataUrl = (svg: Buffer | undefined): string => `data:image/svg+xml;base64,${svg?.toString('base64') ?? ''}`;

/** The drawings of diagrams, to be printed into a page: whoever previews a document sees what they could not load from a portal. */
export const inlineDiagrams = async (ctx: AdminContext, hashes: readonly string[]): Promise<(hash: string) => ShownDiagram> => {
  const shown = new Map<string, ShownDiagram>();
  for (const [hash, diagram] of await findDiagrams(ctx, hashes)) {
    if (diagram.state === 'broken') shown.set(hash, diagram);
    if (diagram.state !== 'drawn') continue;
    const [light, dark] = [await readDrawing(ctx, hash, 'light'), await readDrawing(ctx, hash, 'dark')];
    shown.set(hash, { ...diagram, light: dataUrl(light), dark: dataUrl(dark) });
  }
  return (hash) => shown.get(hash);
};
