import { afterAll, expect, it } from 'vitest';
import { withoutRivals } from '../../../src/database/lock.ts';
import type { Context, ContextWithPorts } from '../../../src/domain/context.ts';
import { unavailable } from '../../../src/domain/errors.ts';
import {
  createProduct,
  createSpecification,
  createVersion,
  deleteSpecification,
  findFragment,
  findSpecificationContent,
  getFragments,
  listDueRenderings,
  listOperations,
  renderSpecification,
  type Specification,
  type SpecificationAddress,
  updateSpecification,
} from '../../../src/domain/products/index.ts';
import { REFERENCE_RENDERER_VERSION } from '../../../src/rendering/openapi/types.ts';
import type { RenderedSpecification } from '../../../src/rendering/pool.ts';
import { testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { patientPool } from '../../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

const description = (title: string) =>
  Buffer.from(`openapi: 3.1.0
info: { title: ${title}, version: "1.2" }
paths:
  /pets:
    get: { operationId: listPets, summary: All pets, tags: [pets], responses: { "200": { description: ok } } }
    post: { operationId: addPet, tags: [pets, new], responses: { "200": { description: ok } } }
`);

const REFUSAL: RenderedSpecification = {
  accepted: false,
  findings: [{ severity: 'error', rule: 'deadline', message: 'Processing took longer than 20 seconds.' }],
};

type Render = ContextWithPorts['ports']['renderSpecification'];

onEachDatabase('the rendering of a specification', (open, engine) => {
  /** A context with a specification that was just uploaded; counts how often it is rendered. */
  const uploaded = async (render: Render = pool.render) => {
    const base = testContext(await open());
    const rendered: string[] = [];
    const renderCounted: Render = (bytes, name) => {
      rendered.push(name);
      return render(bytes, name);
    };
    const ports = { ...base.ports, examineSpecification: pool.examine, renderSpecification: renderCounted };
    const ctx = { ...base, ports };
    const { id: productId } = await createProduct(ctx, { name: 'Pets' });
    const { id: versionId } = await createVersion(ctx, productId, { name: 'v1' });
    const specification = await createSpecification(ctx, { productId, versionId }, { name: 'a.yaml', bytes: description('A') });
    const address: SpecificationAddress = { productId, versionId, specificationId: specification.id };
    return { ctx, rendered, specification, address, contentHash: specification.contentHash };
  };

  const stateOf = async (ctx: Context, contentHash: string) => (await findSpecificationContent(ctx, contentHash))?.rendering;

  const events = async (ctx: Context, { id }: Specification): Promise<string[]> => {
    const rows = await ctx.db.selectFrom('audit_events').select('action').where('subject_id', '=', id).orderBy('id').execute();
    return rows.map(({ action }) => action);
  };

  it('makes its HTML, once', async () => {
    const { ctx, rendered, specification, contentHash } = await uploaded();
    expect(await listDueRenderings(ctx)).toEqual([contentHash]);
    expect(await findFragment(ctx, contentHash, 'overview')).toBeUndefined();
    expect(await renderSpecification(ctx, contentHash)).toBe(true);
    expect(await stateOf(ctx, contentHash)).toBe('ready');
    expect(await listDueRenderings(ctx)).toEqual([]);
    expect(await findFragment(ctx, contentHash, 'operation', 'listPets')).toContain('All pets');
    expect(await findFragment(ctx, contentHash, 'overview')).toBeTypeOf('string');
    expect(await findFragment(ctx, contentHash, 'operation', 'none')).toBeUndefined();
    const fragments = await getFragments(ctx, contentHash, 'operation', ['addPet', 'none', 'listPets']);
    expect(fragments.map(({ key }) => key)).toEqual(['addPet', 'listPets']);
    expect(await events(ctx, specification)).toEqual(['specification.created', 'specification.rendered']);
    expect(await renderSpecification(ctx, contentHash)).toBe(true);
    expect(rendered).toEqual(['a.yaml']);
  });

  it('is done again when an older renderer did it; until then there is what it made', async () => {
    const { ctx, rendered, contentHash } = await uploaded();
    await renderSpecification(ctx, contentHash);
    await ctx.db.updateTable('specification_renderings').set({ renderer_version: 1 }).execute();
    await ctx.db.updateTable('specification_contents').set({ title: 'old' }).execute();
    await ctx.db.deleteFrom('specification_fragments').where('key', '=', 'listPets').execute();
    expect(await listDueRenderings(ctx)).toEqual([contentHash]);
    expect(await stateOf(ctx, contentHash)).toBe('ready');
    await renderSpecification(ctx, contentHash);
    expect(rendered).toEqual(['a.yaml', 'a.yaml']);
    expect((await findSpecificationContent(ctx, contentHash))?.title).toBe('A');
    expect(await findFragment(ctx, contentHash, 'operation', 'listPets')).toContain('All pets');
    expect((await listOperations(ctx, contentHash, { page: { number: 1, size: 10 } })).total).toBe(2);
  });

  it('is left alone when a newer renderer did it', async () => {
    const { ctx, rendered, contentHash } = await uploaded();
    await ctx.db
      .updateTable('specification_renderings')
      .set({ renderer_version: REFERENCE_RENDERER_VERSION + 1 })
      .execute();
    expect(await listDueRenderings(ctx)).toEqual([]);
    await renderSpecification(ctx, contentHash);
    expect(rendered).toEqual([]);
  });

  it('that fails is told in the findings, and tried again after another upload or a change of the renderer only', async () => {
    const { ctx, rendered, specification, address, contentHash } = await uploaded(() => Promise.resolve(REFUSAL));
    expect(await renderSpecification(ctx, contentHash)).toBe(true);
    expect(await stateOf(ctx, contentHash)).toBe('failed');
    expect((await findSpecificationContent(ctx, contentHash))?.findings).toEqual(REFUSAL.findings);
    expect((await listOperations(ctx, contentHash, { page: { number: 1, size: 10 } })).total).toBe(2);
    expect(await events(ctx, specification)).toEqual(['specification.created', 'specification.rendering-failed']);
    expect(await listDueRenderings(ctx)).toEqual([]);
    await renderSpecification(ctx, contentHash);
    expect(rendered).toEqual(['a.yaml']);

    await ctx.db
      .updateTable('specification_renderings')
      .set({ refused_by: REFERENCE_RENDERER_VERSION - 1 })
      .execute();
    expect(await listDueRenderings(ctx)).toEqual([contentHash]);
    await renderSpecification(ctx, contentHash);
    await updateSpecification(ctx, address, { bytes: description('A') });
    expect(await stateOf(ctx, contentHash)).toBe('pending');
    await renderSpecification(ctx, contentHash);
    expect(rendered).toEqual(['a.yaml', 'a.yaml', 'a.yaml']);
  });

  it('that was cut off with its process is begun a few times, not for ever', async () => {
    const { ctx, rendered, contentHash } = await uploaded();
    await ctx.db.updateTable('specification_renderings').set({ attempts: 5 }).execute();
    await renderSpecification(ctx, contentHash);
    expect(rendered).toEqual([]);
    expect(await stateOf(ctx, contentHash)).toBe('failed');
    expect((await findSpecificationContent(ctx, contentHash))?.findings).toMatchObject([{ rule: 'crashed' }]);
  });

  it('that came to nothing because too much was waiting does not count', async () => {
    const { ctx, contentHash } = await uploaded(() => Promise.reject(unavailable('busy')));
    for (let attempt = 0; attempt < 7; attempt++)
      await expect(renderSpecification(ctx, contentHash)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await stateOf(ctx, contentHash)).toBe('pending');
  });

  it('comes to nothing when the document is deleted or replaced meanwhile', async () => {
    let meanwhile = (): Promise<unknown> => Promise.resolve();
    const { ctx, address, contentHash } = await uploaded(async (bytes, name) => {
      await meanwhile();
      return pool.render(bytes, name);
    });
    meanwhile = () => updateSpecification(ctx, address, { bytes: description('B') });
    expect(await renderSpecification(ctx, contentHash)).toBe(true);
    expect(await stateOf(ctx, contentHash)).toBe('pending');
    const [replacement = ''] = await listDueRenderings(ctx);
    meanwhile = () => deleteSpecification(ctx, address);
    expect(await renderSpecification(ctx, replacement)).toBe(true);
    expect(await ctx.db.selectFrom('specification_fragments').select('key').execute()).toEqual([]);
    expect(await listDueRenderings(ctx)).toEqual([]);
  });

  it('is stored once when two do it at the same time', async () => {
    const { ctx, specification, contentHash } = await uploaded();
    await Promise.all([renderSpecification(ctx, contentHash), renderSpecification(ctx, contentHash)]);
    expect(await stateOf(ctx, contentHash)).toBe('ready');
    expect(await events(ctx, specification)).toEqual(['specification.created', 'specification.rendered']);
  });

  it.runIf(engine === 'postgres')('is left to the process that is at it', async () => {
    const { ctx, rendered, contentHash } = await uploaded();
    await withoutRivals(ctx.db, engine, `render ${contentHash}`, async () => {
      expect(await renderSpecification(ctx, contentHash)).toBe(false);
    });
    expect(rendered).toEqual([]);
    expect(await renderSpecification(ctx, contentHash)).toBe(true);
    expect(rendered).toEqual(['a.yaml']);
  });
});
