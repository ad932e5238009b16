import { afterEach, expect, it } from 'vitest';
import type { DeveloperId, ProductId } from '../../../src/domain/ids.ts';
import { updatePortal } from '../../../src/domain/portals/index.ts';
import { listProducts } from '../../../src/domain/products/index.ts';
import { findSignedIn } from '../../../src/domain/sessions/index.ts';
import { addTeamMember, assignTeamRole, createTeam, removeTeamMember } from '../../../src/domain/teams/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { publish, startPortal, type TestPortal } from './portal.ts';

const HOSTS = { portalDomain: 'localhost', reservedHosts: ['localhost'] };

onEachDatabase('a private portal, for who is signed in', (open) => {
  let at: TestPortal;
  afterEach(() => at.app.close());

  const prepare = async () => {
    at = await startPortal(await open(), { isPublic: false });
    await publish(at, {
      name: 'Orders',
      versions: [{ name: 'v1' }],
      documents: [{ slug: 'start', title: 'Start', content: 'x' }],
    });
    await addDeveloper(at.ctx, at.portal, { email: 'ada@example.com', fullName: 'Ada <i>Lund' });
    await addDeveloper(at.ctx, at.portal, { email: 'bo@example.com', fullName: 'Bo' });
  };
  const as = async (email: string) => {
    const { cookie } = await signIn(at.ctx, at.portal, email);
    return (path: string, headers: Record<string, string> = {}) => at.get(path, { headers: { cookie, ...headers } });
  };

  it('opens, and says who it is for', async () => {
    await prepare();
    const [ada, bo] = [await as('ada@example.com'), await as('bo@example.com')];
    for (const [get, name] of [
      [ada, 'Ada <i>Lund'],
      [bo, 'Bo'],
      [ada, 'Ada <i>Lund'],
    ] as const) {
      const { status, $ } = await get('/');
      expect(status).toBe(200);
      expect($('.card').text()).toContain('Orders');
      expect($('header .site-account-name').text()).toBe(name);
      expect($('header form[method=post] input[name=_csrf]').attr('value')).toMatch(/^[\da-f]{64}$/);
    }
    const token = async (get: typeof ada) => (await get('/')).$('header input[name=_csrf]').attr('value');
    expect(await token(ada)).not.toBe(await token(bo));
    for (const path of ['/docs/orders', '/docs/orders/start', '/spec/orders/v1', '/search?q=orders'])
      expect((await ada(path)).status).toBe(200);
  });

  it('leads everybody else to the log-in page, which leads back', async () => {
    await prepare();
    const answer = await at.get('/docs/orders?x=1');
    expect([answer.status, answer.headers.location]).toEqual([303, '/login?returnTo=%2Fdocs%2Forders%3Fx%3D1']);
    const forged = await at.get('/', { headers: { cookie: 'portalaccesstoken=nonsense' } });
    expect(forged.status).toBe(303);
  });

  it('gives one person no page of another', async () => {
    await prepare();
    const [ada, bo] = [await as('ada@example.com'), await as('bo@example.com')];
    const first = await ada('/');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const tag = { 'if-none-match': String(first.headers.etag) };
    expect((await ada('/', tag)).status).toBe(304);
    expect((await bo('/', tag)).status).toBe(200);
    expect((await at.get('/', { headers: tag })).status).toBe(303);
  });

  it('is the same page for the same teams, and another at once for who leaves one', async () => {
    await prepare();
    const { items } = await listProducts(at.ctx, { filters: [], sort: [], page: { number: 1, size: 1 } });
    const team = await createTeam(at.ctx, at.portal.id, { name: 'Shipping' });
    const address = { portalId: at.portal.id, teamId: team.id };
    await updatePortal(at.ctx, at.portal.id, { rbacEnabled: true }, HOSTS);
    await assignTeamRole(at.ctx, address, { role: 'API Viewer', productId: items[0]?.id as ProductId });
    const people = await Promise.all(
      ['ada@example.com', 'bo@example.com'].map(async (email) => {
        const { cookie, accessToken } = await signIn(at.ctx, at.portal, email);
        const id = (await findSignedIn(at.ctx, at.portal.id, accessToken, 'page'))?.id as DeveloperId;
        const products = async () => {
          const { $ } = await at.get('/', { headers: { cookie } });
          return [$('header .site-account-name').text(), $('.card').length];
        };
        return { id, products };
      }),
    );
    const [ada, bo] = people as [(typeof people)[0], (typeof people)[0]];
    expect(await ada.products()).toEqual(['Ada <i>Lund', 0]);
    for (const { id } of people) await addTeamMember(at.ctx, address, id);
    expect(await ada.products()).toEqual(['Ada <i>Lund', 1]);
    expect(await bo.products()).toEqual(['Bo', 1]);
    await removeTeamMember(at.ctx, address, ada.id);
    expect(await ada.products()).toEqual(['Ada <i>Lund', 0]);
    expect(await bo.products()).toEqual(['Bo', 1]);
  });

  it('shows nothing to who is not approved any more, nor to sessions once it is public', async () => {
    await prepare();
    const ada = await as('ada@example.com');
    await updatePortal(at.ctx, at.portal.id, { isPublic: true }, HOSTS);
    const page = await ada('/');
    expect([page.status, page.$('header .site-account-name').length]).toEqual([200, 0]);
    await updatePortal(at.ctx, at.portal.id, { isPublic: false }, HOSTS);
    expect((await ada('/')).$('header .site-account-name').length).toBe(1);
  });
});
