import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { withoutRivals } from '../../src/database/lock.ts';
import type { ContextWithPorts } from '../../src/domain/context.ts';
import { createSpecification, createVersion, findSpecificationContent } from '../../src/domain/products/index.ts';
import type { RenderedSpecification } from '../../src/rendering/pool.ts';
import { publish, specificationOf, startPortal, type TestPortal } from '../faces/portal/portal.ts';
import { errorLog } from '../faces/robustness/installation.ts';
import { onEachDatabase } from '../support/database.ts';
import { patientPool } from '../support/pool.ts';

const pool = patientPool();
afterAll(() => pool.close());

const REFUSAL: RenderedSpecification = {
  accepted: false,
  findings: [{ severity: 'error', rule: 'memory', message: 'Processing needed more than 768 MB of memory.' }],
};

/** Renderings that wait until they are let go, in the order in which they began. */
const heldBack = () => {
  const begun: { name: string; letGo(outcome?: RenderedSpecification | Error): void }[] = [];
  const render: ContextWithPorts['ports']['renderSpecification'] = (bytes, name) =>
    new Promise((resolve, reject) => {
      begun.push({
        name,
        letGo: (outcome) => {
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome ?? pool.render(bytes, name));
        },
      });
    });
  return { render, begun, names: () => begun.map(({ name }) => name) };
};

describe('references are rendered in the background', () => {
  onEachDatabase('on', (open, engine) => {
    let portal: TestPortal;
    afterEach(() => portal.app.close());

    const start = async (renderSpecification: ContextWithPorts['ports']['renderSpecification'], patienceMs = 60_000) => {
      const { log, errors } = errorLog();
      portal = await startPortal(
        await open(),
        {},
        { log, patienceMs, ports: { examineSpecification: pool.examine, renderSpecification } },
      );
      return errors;
    };

    /** Uploads specifications of these names, each of a version of its own. */
    const upload = async (ctx: ContextWithPorts, ...names: string[]) => {
      const { product } = await publish(portal, { name: 'Many' });
      const hashes: string[] = [];
      for (const name of names) {
        const { id: versionId } = await createVersion(ctx, product.id, { name });
        const bytes = Buffer.from(specificationOf({ [name]: 1 }));
        hashes.push((await createSpecification(ctx, { productId: product.id, versionId }, { name, bytes })).contentHash);
      }
      return hashes;
    };

    const stateOf = async (contentHash = '') => (await findSpecificationContent(portal.ctx, contentHash))?.rendering;

    const harbours = {
      name: 'Harbours',
      versions: [{ name: 'v1', specification: ['a.json', specificationOf({ ships: 2 })] }],
    } as const;

    it('a page waits for its own', async () => {
      const { render, begun } = heldBack();
      await start(render);
      await publish(portal, harbours);
      const waiting = Promise.all(
        ['', '/operations/get-0-0', '/schemas/Ship', '?tag=ships'].map((path) => portal.get(`/spec/harbours/v1${path}`)),
      );
      await expect.poll(() => begun.length).toBe(1);
      begun[0]?.letGo();
      for (const { status, text } of await waiting) expect(status, text).toBe(200);
      expect((await waiting)[1]?.$('article.operation').length).toBe(1);
      expect(begun.length).toBe(1);
    });

    it('a page that would wait too long asks to come back; everything that needs no HTML is there', async () => {
      const { render, begun } = heldBack();
      const errors = await start(render, 1);
      const { product, versions } = await publish(portal, harbours);
      for (const path of ['', '/operations/get-0-0', '/schemas/Ship', '/schemas/Ship?fragment=1', '?tag=ships']) {
        const { status, headers, $ } = await portal.get(`/spec/harbours/v1${path}`);
        expect([path, status, headers['retry-after']]).toEqual([path, 503, '5']);
        expect($('main').text()).toContain('This reference is being prepared');
      }
      const api = `/api/v2/products/${product.id}/versions/${versions[0]?.id}/spec`;
      expect((await portal.get(`${api}/operations`)).json.operations.length).toBe(4);
      for (const path of [
        api,
        '/spec/harbours/v1/download',
        '/spec/harbours/v1/download?format=yaml',
        '/spec/harbours/v1?q=ships',
        '/search?q=ships',
      ])
        expect([path, (await portal.get(path)).status]).toEqual([path, 200]);
      begun[0]?.letGo();
      await portal.app.installation.references.idle();
      expect((await portal.get('/spec/harbours/v1')).status).toBe(200);
      expect(errors).toEqual([]);
    });

    it('what cannot be rendered is said to be so, beside all that is known', async () => {
      await start(() => Promise.resolve(REFUSAL));
      await publish(portal, harbours);
      const overview = await portal.get('/spec/harbours/v1');
      expect(overview.status).toBe(200);
      expect(overview.$('.message-title').text()).toBe('This reference cannot be shown');
      expect(overview.$('.operation-row').length).toBe(4);
      const operation = await portal.get('/spec/harbours/v1/operations/get-0-0');
      expect([operation.status, operation.$('.message-title').text()]).toEqual([200, 'This reference cannot be shown']);
      expect(operation.$('main').text()).toContain('Get ships 0');
      expect((await portal.get('/spec/harbours/v1?tag=ships')).$('.operation-row').length).toBe(2);
      expect((await portal.get('/spec/harbours/v1/operations/none')).status).toBe(404);
      expect((await portal.get('/spec/harbours/v1/schemas/Ship')).status).toBe(404);
      expect((await portal.get('/spec/harbours/v1/download')).text).toBe(specificationOf({ ships: 2 }));
    });

    it('one after the other, but for those that somebody waits for', async () => {
      const { render, begun, names } = heldBack();
      await start(render);
      const { references } = portal.app.installation;
      const hashes = await upload(portal.ctx, 'a.json', 'b.json', 'c.json', 'd.json');
      await expect.poll(names).toEqual(['a.json']);
      const waits = Promise.all([references.hurry('us', hashes[2] ?? ''), references.hurry('us', hashes[3] ?? '')]);
      await expect.poll(names).toEqual(['a.json', 'c.json']);
      begun[0]?.letGo();
      await expect.poll(names).toEqual(['a.json', 'c.json', 'd.json']);
      begun[1]?.letGo();
      begun[2]?.letGo();
      await waits;
      await expect.poll(names).toEqual(['a.json', 'c.json', 'd.json', 'b.json']);
      begun[3]?.letGo();
      await references.idle();
      for (const hash of hashes) expect(await stateOf(hash)).toBe('ready');
    });

    it.runIf(engine === 'postgres')('those that another process is at are waited for', async () => {
      const { render, begun } = heldBack();
      await start(render);
      const [hash = ''] = await upload(
        { ...portal.ctx, ports: { ...portal.ctx.ports, scheduleRendering: () => undefined } },
        'a.json',
      );
      const { references } = portal.app.installation;
      const waiting = await withoutRivals(portal.ctx.db, engine, `render ${hash}`, async () => {
        references.schedule('us', hash);
        await references.idle();
        return { over: references.hurry('us', hash) };
      });
      await expect.poll(() => begun.length).toBe(1);
      begun[0]?.letGo();
      await waiting?.over;
      expect(await stateOf(hash)).toBe('ready');
    });

    it('what a process left behind is found at the next start', async () => {
      await start(pool.render);
      const silent = { ...portal.ctx, ports: { ...portal.ctx.ports, scheduleRendering: () => undefined } };
      const hashes = await upload(silent, 'a.json', 'b.json');
      await portal.app.installation.references.idle();
      expect(await stateOf(hashes[0])).toBe('pending');
      await portal.app.installation.references.start();
      await portal.app.installation.references.idle();
      for (const hash of hashes) expect(await stateOf(hash)).toBe('ready');
    });

    it('and are left for the next start when the installation stops', async () => {
      const { render, begun } = heldBack();
      const errors = await start(render);
      const { references } = portal.app.installation;
      const hashes = await upload(portal.ctx, 'a.json', 'b.json');
      const waiting = references.hurry('us', hashes[1] ?? '');
      await expect.poll(() => begun.length).toBe(2);
      references.stop();
      await waiting;
      for (const { letGo } of begun) letGo(new Error('the pool is closed'));
      await references.idle();
      expect([await stateOf(hashes[0]), await stateOf(hashes[1])]).toEqual(['pending', 'pending']);
      const rows = await portal.ctx.db.selectFrom('specification_renderings').select('attempts').execute();
      expect(rows).toEqual([{ attempts: 0 }, { attempts: 0 }]);
      await references.hurry('us', hashes[0] ?? '');
      expect(begun.length).toBe(2);
      expect(errors).toEqual([]);
    });
  });
});
