import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { toInstant } from '../../../database/codec.ts';
import { DIAGRAM_RENDERER_VERSION, type DiagramSource, diagramHash } from '../../../rendering/diagrams/diagram.ts';
import type { Context } from '../../context.ts';
import type { DocumentId } from '../../ids.ts';
import type { DiagramState, DiagramTheme } from './diagram.ts';

const decompress = promisify(gunzip);

/** Notes which diagrams a document holds; those that are new are to be drawn. Runs in the transaction of the document's change. */
export const storeDiagramsOf = async (ctx: Context, documentId: DocumentId, sources: readonly DiagramSource[]): Promise<void> => {
  await ctx.db.deleteFrom('document_diagrams').where('document_id', '=', documentId).execute();
  const byHash = new Map(sources.map((diagram) => [diagramHash(diagram), diagram]));
  for (const [hash, { kind, source }] of byHash) {
    await ctx.db
      .insertInto('diagrams')
      .values({ hash, kind, source, renderer_version: 0, attempts: 0, not_before: toInstant(ctx.now()) })
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute();
    await ctx.db.insertInto('document_diagrams').values({ document_id: documentId, hash }).execute();
  }
  if (byHash.size > 0) ctx.wakeWorker();
};

/** A diagram that somebody is to draw now. */
export interface ClaimedDiagram extends DiagramSource {
  readonly hash: string;
  readonly attempts: number;
}

/** A diagram that this version of the program has not drawn, for this process only until `until`. */
export const claimDiagram = async ({ db, engine, now }: Context, until: Date): Promise<ClaimedDiagram | undefined> =>
  db
    .updateTable('diagrams')
    .set(({ eb }) => ({ not_before: toInstant(until), attempts: eb('attempts', '+', 1) }))
    .where('hash', '=', ({ selectFrom }) =>
      selectFrom('diagrams')
        .select('hash')
        .where('renderer_version', '<', DIAGRAM_RENDERER_VERSION)
        .where('not_before', '<=', toInstant(now()))
        .orderBy('renderer_version')
        .orderBy('not_before')
        .orderBy('hash')
        .limit(1)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .returning(['hash', 'kind', 'source', 'attempts'])
    .executeTakeFirst();

/** A drawing as it is stored: gzipped. */
export interface StoredDrawing {
  readonly light: Buffer;
  readonly dark: Buffer;
  readonly width: number;
  readonly height: number;
}

const NO_DRAWING = { light: null, dark: null, width: null, height: null };

/** Keeps what became of a diagram: its drawing, or why there is none. */
export const storeDrawing = async (ctx: Context, hash: string, outcome: StoredDrawing | { message: string }): Promise<void> => {
  await ctx.db
    .updateTable('diagrams')
    .set({ ...NO_DRAWING, message: null, ...outcome, attempts: 0, renderer_version: DIAGRAM_RENDERER_VERSION })
    .where('hash', '=', hash)
    .execute();
};

/** Keeps what became of a diagram that no document holds yet; what is known of it already stays. */
export const storeSketch = async (
  ctx: Context,
  hash: string,
  { kind, source }: DiagramSource,
  outcome: StoredDrawing | { message: string },
): Promise<void> => {
  const drawn = { attempts: 0, renderer_version: DIAGRAM_RENDERER_VERSION, not_before: toInstant(ctx.now()) };
  await ctx.db
    .insertInto('diagrams')
    .values({ hash, kind, source, ...drawn, ...outcome })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
};

/** The documents that hold a diagram. */
export const documentsWith = async (ctx: Context, hash: string): Promise<DocumentId[]> => {
  const rows = await ctx.db.selectFrom('document_diagrams').select('document_id').where('hash', '=', hash).execute();
  return rows.map((row) => row.document_id as DocumentId);
};

/** How far diagrams are, by hash; those that nobody noted are missing. */
export const findDiagrams = async (ctx: Context, hashes: readonly string[]): Promise<Map<string, DiagramState>> => {
  if (hashes.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('diagrams')
    .select(['hash', 'width', 'height', 'message'])
    .where('hash', 'in', hashes)
    .execute();
  return new Map(
    rows.map(({ hash, width, height, message }): [string, DiagramState] => {
      if (width !== null && height !== null) return [hash, { state: 'drawn', width, height }];
      return [hash, message === null ? { state: 'pending' } : { state: 'broken', message }];
    }),
  );
};

/** The SVG of a diagram; undefined where there is none. */
export const readDrawing = async (ctx: Context, hash: string, theme: DiagramTheme): Promise<Buffer | undefined> => {
  const row = await ctx.db.selectFrom('diagrams').select(['light', 'dark']).where('hash', '=', hash).executeTakeFirst();
  const bytes = row?.[theme];
  return bytes ? decompress(bytes) : undefined;
};

/** Forgets diagrams that no document holds any more. */
export const deleteUnusedDiagrams = async (ctx: Context): Promise<void> => {
  await ctx.db
    .deleteFrom('diagrams')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('document_diagrams').select('hash').whereRef('document_diagrams.hash', '=', 'diagrams.hash'))),
    )
    .execute();
};
