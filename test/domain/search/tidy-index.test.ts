import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createPortal } from '../../../src/domain/portals/index.ts';
import { createDocument } from '../../../src/domain/products/index.ts';
import { createProductInPortals } from '../../../src/domain/publications/index.ts';
import { indexTidier, search } from '../../../src/domain/search/index.ts';
import { ANONYMOUS } from '../../../src/domain/visibility/index.ts';
import { freshDatabase } from '../../support/database.ts';
import { indexAll, readingContext } from '../../support/search.ts';

const DOCUMENTS = 12;

describe('the index of SQLite', () => {
  it('is merged into one segment where there are many, and finds what it found', async () => {
    const connection = await freshDatabase('sqlite');
    const ctx = readingContext(connection);
    const portal = await createPortal(
      ctx,
      { name: 'harbour', isPublic: true },
      { portalDomain: 'portals.test', reservedHosts: [] },
    );
    const { id } = await createProductInPortals(ctx, { name: 'Lights', portalIds: [portal.id] });
    for (let n = 0; n < DOCUMENTS; n++) {
      await createDocument(ctx, id, { slug: `d${n}`, title: `Lantern ${n}`, status: 'published', content: 'oil' });
      await indexAll(ctx);
    }
    const segments = async (): Promise<number> =>
      (await sql<object>`select distinct segid from search_index_idx`.execute(ctx.db)).rows.length;
    const count = async () =>
      (await search(ctx, portal, ANONYMOUS, { text: 'lantern', page: { number: 1, size: 20 } })).kinds.document;
    const before = await segments();
    const tidy = indexTidier(ctx);
    for (let more = true; more; ) more = await tidy();
    expect([before > 4, await segments(), await count(), await tidy()]).toEqual([true, 1, DOCUMENTS, false]);
    await connection.close();
  });
});
