import { expect, it } from 'vitest';
import type { Grant } from '../../../src/domain/access/index.ts';
import type { Context } from '../../../src/domain/context.ts';
import type { PortalId, ProductId } from '../../../src/domain/ids.ts';
import { createProductInPortals } from '../../../src/domain/publications/index.ts';
import { getRegistration } from '../../../src/domain/registrations/index.ts';
import {
  countRequests,
  decideRequests,
  findUndoable,
  getRequest,
  listRequestChoices,
  listRequests,
  mayDecideAny,
  type RequestFilter,
  readRef,
  refText,
  undoRequests,
} from '../../../src/domain/requests/index.ts';
import { testClock, testContext } from '../../support/context.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { administrator, registrationScene } from '../../support/registrations.ts';

const PAGE = { number: 1, size: 10 };

const titles = async (ctx: Context, filter: RequestFilter = {}): Promise<string[]> =>
  (await listRequests(ctx, filter, PAGE)).items.map(({ developer, registration }) =>
    registration ? `${registration.applicationName} for ${registration.productName}` : developer.name,
  );

/** A waiting developer, a waiting application for each of two products, and what does not wait. */
const queue = async (ctx: Context) => {
  const scene = await registrationScene(ctx);
  const other = await createProductInPortals(ctx, { name: 'Invoices', portalIds: [scene.portal.id] });
  const bert = await givenDeveloper(ctx, scene.portal.id, {
    fullName: 'Bert Waits',
    email: 'bert@example.com',
    status: 'pending',
  });
  await givenDeveloper(ctx, scene.portal.id, {
    fullName: 'Carl Unconfirmed',
    email: 'carl@example.com',
    status: 'pending',
    verified: false,
  });
  const shop = await scene.addRegistration('Shop');
  const version = await scene.addVersion('v1', {}, other.id);
  return { ...scene, other, bert, shop, otherVersion: version };
};

onEachDatabase('the approval queue', (open) => {
  it('shows what waits, the oldest first, and nothing else', async () => {
    const ctx = testContext(await open(), { actor: administrator() });
    await queue(ctx);
    expect(await titles(ctx)).toEqual(['Bert Waits', 'Shop for Orders']);
    expect(await countRequests(ctx)).toBe(2);
    expect((await listRequests(ctx, {}, { number: 2, size: 1 })).items).toHaveLength(1);
    expect(await listRequestChoices(ctx)).toMatchObject({ portals: [{ name: 'Partners' }], products: [{ name: 'Orders' }] });
  });

  it('is narrowed by kind, portal, product and words', async () => {
    const ctx = testContext(await open(), { actor: administrator() });
    const { portal, product, other } = await queue(ctx);
    expect(await titles(ctx, { kind: 'developer' })).toEqual(['Bert Waits']);
    expect(await titles(ctx, { kind: 'registration' })).toEqual(['Shop for Orders']);
    expect(await titles(ctx, { portalId: portal.id })).toHaveLength(2);
    expect(await titles(ctx, { portalId: product.id as string as PortalId })).toEqual([]);
    expect(await titles(ctx, { productId: product.id })).toEqual(['Shop for Orders']);
    expect(await titles(ctx, { productId: other.id })).toEqual([]);
    expect(await titles(ctx, { search: 'BERT example' })).toEqual(['Bert Waits']);
    expect(await titles(ctx, { search: 'sho' })).toEqual(['Shop for Orders']);
    expect(await titles(ctx, { search: '%' })).toEqual([]);
  });

  it('holds for each administrator what their roles let them decide', async () => {
    const connection = await open();
    const { portal, product, bert, shop } = await queue(testContext(connection));
    const seenBy = async (...grants: Grant[]): Promise<string[]> =>
      titles(testContext(connection, { actor: administrator(grants) }));
    const onPortal = (role: string, id: string = portal.id): Grant => ({ entityType: 'portal', role, entityId: id });
    const onProduct = (role: string, id: string = product.id): Grant => ({ entityType: 'product', role, entityId: id });
    expect(await seenBy(onPortal('Admin'))).toEqual(['Bert Waits', 'Shop for Orders']);
    expect(await seenBy(onPortal('Maintainer'))).toEqual(['Shop for Orders']);
    expect(await seenBy(onPortal('Viewer'))).toEqual([]);
    expect(await seenBy(onPortal('Admin', product.id))).toEqual([]);
    for (const role of ['Application Registration', 'Maintainer', 'Admin'])
      expect(await seenBy(onProduct(role))).toEqual(['Shop for Orders']);
    for (const role of ['Viewer', 'Publisher', 'Creator']) expect(await seenBy(onProduct(role))).toEqual([]);
    expect(await seenBy(onProduct('Maintainer', portal.id))).toEqual([]);

    const delegate = testContext(connection, { actor: administrator([onProduct('Application Registration')]) });
    expect(mayDecideAny(delegate)).toBe(true);
    expect(await getRequest(delegate, { kind: 'registration', id: shop })).toMatchObject({ developerStatus: 'approved' });
    await expect(getRequest(delegate, { kind: 'developer', id: bert })).rejects.toMatchObject({ kind: 'not-found' });
    const [outcome] = await decideRequests(delegate, [{ kind: 'developer', id: bert }], { verdict: 'approve' });
    expect(outcome?.refusal).toMatchObject({ kind: 'not-found' });
    expect(mayDecideAny(testContext(connection, { actor: administrator([onProduct('Publisher')]) }))).toBe(false);
  });

  it('is decided one by one or many at once, and what was decided meanwhile stands', async () => {
    const connection = await open();
    const ctx = testContext(connection, { actor: administrator() });
    const { bert, shop } = await queue(ctx);
    const refs = [
      { kind: 'registration', id: shop },
      { kind: 'developer', id: bert },
    ] as const;
    await decideRequests(testContext(connection, { actor: administrator() }), [refs[0]], { verdict: 'approve' });
    const outcomes = await decideRequests(ctx, refs, { verdict: 'reject', reason: '  Not now.  ' });
    expect(outcomes).toMatchObject([
      { ref: refs[0], refusal: { kind: 'conflict', message: expect.stringContaining('approved') } },
      { ref: refs[1], refusal: undefined },
    ]);
    expect(await titles(ctx)).toEqual([]);
    expect(await getRequest(ctx, refs[0])).toMatchObject({ status: 'approved', decidedBy: expect.any(String) });
    expect(await getRequest(ctx, refs[1])).toMatchObject({ status: 'rejected', reason: 'Not now.' });
  });

  it('takes decisions back for ten seconds', async () => {
    const clock = testClock();
    const ctx = testContext(await open(), { actor: administrator(), now: clock.now });
    const { bert, shop } = await queue(ctx);
    const refs = [
      { kind: 'registration', id: shop },
      { kind: 'developer', id: bert },
    ] as const;
    clock.advance(60_000);
    expect(await findUndoable(ctx, refs)).toBeUndefined();
    await decideRequests(ctx, refs, { verdict: 'approve' });
    const until = new Date(clock.now().getTime() + 10_000).toISOString();
    expect(await findUndoable(ctx, refs)).toEqual({ refs, until });
    clock.advance(9_000);
    expect((await undoRequests(ctx, refs)).map(({ refusal }) => refusal)).toEqual([undefined, undefined]);
    expect(await getRegistration(ctx, { registrationId: shop })).toMatchObject({ status: 'pending' });
    expect(await countRequests(ctx)).toBe(2);
    await decideRequests(ctx, [refs[0]], { verdict: 'reject' });
    clock.advance(10_000);
    expect(await findUndoable(ctx, refs)).toBeUndefined();
    const [late] = await undoRequests(ctx, [refs[0]]);
    expect(late?.refusal).toMatchObject({ kind: 'conflict', message: expect.stringMatching(/no longer/) });
  });

  it('tells what was decided before about the same developer, as far as it is for the same eyes', async () => {
    const connection = await open();
    const ctx = testContext(connection, { actor: administrator() });
    const { shop, product, addRegistration } = await queue(ctx);
    const second = await addRegistration('Second shop');
    await decideRequests(ctx, [{ kind: 'registration', id: shop }], { verdict: 'reject', reason: 'Too vague.' });
    const ref = { kind: 'registration', id: second } as const;
    const earlier = [{ status: 'rejected', applicationName: 'Shop', productName: 'Orders', reason: 'Too vague.' }];
    expect(await getRequest(ctx, ref)).toMatchObject({ earlier });
    const grants: Grant[] = [{ entityType: 'product', role: 'Maintainer', entityId: product.id as ProductId }];
    expect(await getRequest(testContext(connection, { actor: administrator(grants) }), ref)).toMatchObject({ earlier });
  });
});

it('names requests by kind and id', () => {
  const id = '0199aaaa-0000-7000-8000-000000000001';
  expect(refText(readRef(`developer.${id}`) ?? ({} as never))).toBe(`developer.${id}`);
  expect(readRef(`registration.${id.toUpperCase()}`)).toEqual({ kind: 'registration', id });
  for (const text of ['', 'developer', `application.${id}`, 'developer.1', `developer.${id}.x`])
    expect(readRef(text)).toBeUndefined();
});
