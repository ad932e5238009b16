import { expect, it } from 'vitest';
import { unavailable } from '../../../src/domain/errors.ts';
import {
  createDocument,
  createProduct,
  deleteDocument,
  deleteUnusedDiagrams,
  drawNextDiagram,
  findDiagrams,
  readDrawing,
  updateDocument,
} from '../../../src/domain/products/index.ts';
import { type DrawnDiagram, diagramHash } from '../../../src/rendering/diagrams/diagram.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';

const fenced = (source: string): string => `\`\`\`mermaid\n${source}\n\`\`\`\n`;
const hashOf = (source: string): string => diagramHash({ kind: 'mermaid', source: `${source}\n` });
const DRAWING: DrawnDiagram = { drawn: true, light: '<svg>light</svg>', dark: '<svg>dark</svg>', width: 20, height: 10 };
const A_MINUTE = 60_000;

onEachDatabase('diagrams', (open) => {
  /** A product, and a hand that draws; `drawn` is what it was given. */
  const start = async (draw: () => Promise<DrawnDiagram> = () => Promise.resolve(DRAWING)) => {
    const connection = await open();
    const clock = testClock();
    const drawn: string[] = [];
    const base = testContext(connection, { now: clock.now });
    const drawDiagram = ({ source }: { source: string }): Promise<DrawnDiagram> => {
      drawn.push(source.trim());
      return draw();
    };
    const ctx = { ...base, ports: { ...base.ports, drawDiagram } };
    const product = await createProduct(ctx, { name: 'Sea' });
    const write = (slug: string, ...sources: string[]) =>
      createDocument(ctx, product.id, { slug, title: slug, status: 'published', content: sources.map(fenced).join('\n') });
    const stateOf = async (source: string) => (await findDiagrams(ctx, [hashOf(source)])).get(hashOf(source));
    return { connection, clock, ctx, product, drawn, write, stateOf };
  };

  it('wait to be drawn once, however many documents hold them', async () => {
    const { connection, ctx, drawn, write, stateOf } = await start();
    const documents = [await write('one', 'graph A', 'graph A'), await write('two', 'graph A')];
    expect(await stateOf('graph A')).toEqual({ state: 'pending' });
    expect(await drawNextDiagram(ctx)).toBe(true);
    expect(await drawNextDiagram(ctx)).toBe(false);
    expect(drawn).toEqual(['graph A']);
    expect(await stateOf('graph A')).toEqual({ state: 'drawn', width: 20, height: 10 });
    expect(String(await readDrawing(ctx, hashOf('graph A'), 'dark'))).toBe('<svg>dark</svg>');
    const events = await connection.db
      .selectFrom('audit_events')
      .select('subject_id')
      .where('action', '=', 'document.diagram-drawn')
      .execute();
    expect(events.map((event) => event.subject_id).sort()).toEqual(documents.map(({ id }) => id).sort());
  });

  it('that cannot be drawn say why, and are left alone', async () => {
    const { ctx, drawn, write, stateOf } = await start(() => Promise.resolve({ drawn: false, message: 'Line 1 is odd' }));
    await write('one', 'graph ?');
    expect(await drawNextDiagram(ctx)).toBe(true);
    expect(await drawNextDiagram(ctx)).toBe(false);
    expect(drawn).toHaveLength(1);
    expect(await stateOf('graph ?')).toEqual({ state: 'broken', message: 'Line 1 is odd' });
    expect(await readDrawing(ctx, hashOf('graph ?'), 'light')).toBeUndefined();
  });

  it('are in the hands of one process for a minute, and given up after five that came to nothing', async () => {
    const { clock, ctx, drawn, write, stateOf } = await start(() => Promise.reject(unavailable('Nobody draws')));
    await write('one', 'graph A');
    for (let attempt = 1; attempt <= 5; attempt++) {
      await expect(drawNextDiagram(ctx)).rejects.toMatchObject({ kind: 'unavailable' });
      clock.advance(A_MINUTE - 1);
      expect(await drawNextDiagram(ctx)).toBe(false);
      clock.advance(1);
    }
    expect(await drawNextDiagram(ctx)).toBe(true);
    expect(drawn).toHaveLength(5);
    expect(await stateOf('graph A')).toMatchObject({ state: 'broken' });
  });

  it('are forgotten when no document holds them any more', async () => {
    const { ctx, product, write, stateOf } = await start();
    const one = await write('one', 'graph A', 'graph B');
    const two = await write('two', 'graph B');
    await updateDocument(ctx, { productId: product.id, documentId: one.id }, { content: fenced('graph C') });
    await deleteUnusedDiagrams(ctx);
    expect([await stateOf('graph A'), await stateOf('graph B'), await stateOf('graph C')]).toEqual([
      undefined,
      { state: 'pending' },
      { state: 'pending' },
    ]);
    await deleteDocument(ctx, { productId: product.id, documentId: two.id });
    await deleteUnusedDiagrams(ctx);
    expect(await stateOf('graph B')).toBeUndefined();
  });
});
