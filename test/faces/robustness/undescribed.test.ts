import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';

/** Apart from the tests that run through the contract's proxy: the reference describes no 400 here, but rubbish is none the better for it. */
onEachDatabase('rubbish for which the reference describes no answer', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  it('is refused, naming what is wrong', async () => {
    app = await startApp(await open());
    const { request } = app;
    const portal = (await request('POST', '/v2/portals', { json: { name: 'Harbour' } })).json;
    const teams = `/v2/portals/${portal.id}/teams`;
    await request('POST', teams, { json: { name: 'Staff' } });
    const team = `${teams}/${(await request('POST', teams, { json: { name: 'Partners' } })).json.id}`;
    const destinations = '/v2/audit-log-destinations';
    const cases: [string, string, unknown, string][] = [
      ['PATCH', team, { name: 'STAFF' }, 'name'],
      ['PATCH', team, { description: null }, 'description'],
      ['GET', `${teams}?filter[description]=x`, undefined, 'filter[description]'],
      ['GET', `${teams}?page[number]=0`, undefined, 'page[number]'],
      ['GET', `${team}/developers?filter[active]=x`, undefined, 'filter[active]'],
      ['GET', `${team}/assigned-roles?page[size]=x`, undefined, 'page[size]'],
      ['GET', `${destinations}?page[after]=x`, undefined, 'page[after]'],
      ['GET', `${destinations}?page[size]=x`, undefined, 'page[size]'],
      ['GET', `${destinations}?filter[name][neq]=x`, undefined, 'filter[name][neq]'],
      ['GET', `${destinations}?filter[endpoint]=x`, undefined, 'filter[endpoint]'],
      ['GET', `${destinations}?sort=name`, undefined, 'sort'],
    ];
    for (const [method, path, json, field] of cases) {
      const answer = await request(method, path, { json });
      expect([answer.status, answer.json.invalid_parameters?.[0]?.field], `${method} ${path}`).toEqual([400, field]);
    }
  });
});
