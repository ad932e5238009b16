import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDocument, type Product } from '../../../src/domain/products/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { logIn, type PageAnswer, startAdministration, type TestAdministration, type TestBrowser } from './admin.ts';
import { arriveAs, givenDocument } from './document-scene.ts';

onEachDatabase('drafts of documents', (open) => {
  let administration: TestAdministration;
  let product: Product;
  let here: string;
  let editor: string;
  let ada: TestBrowser;
  beforeEach(async () => {
    administration = await startAdministration(await open());
    ada = administration.browser;
    ({ product, here, editor } = await givenDocument(administration.app.ctx));
  });
  afterEach(() => administration.app.close());

  it('keeps drafts, goes on with them on any machine, and tells who else is writing', async () => {
    const grace = await arriveAs(administration.app, 'grace@example.org', 'Grace');
    const token = (await ada.get(editor)).$('input[name="_csrf"]').attr('value') ?? '';
    const draft = { _csrf: token, base: '1', title: 'Tides', content: 'half a sentence' };
    expect((await ada.post(`${editor}/draft`, draft)).json).toMatchObject({ edition: 1, others: '' });
    expect((await ada.post(`${editor}/draft`, { ...draft, base: 'x' })).status).toBe(422);
    const elsewhere = await logIn(administration.app, 'ada@example.org');
    const continued = await elsewhere.get(editor);
    expect(continued.$('.draft').text()).toMatch(/You wrote this and did not save it \([^\n]+ UTC\)\./);
    expect(continued.$('textarea[name="content"]').text()).toContain('half a sentence');
    const { $: newest } = await elsewhere.get(continued.$('.draft a').attr('href') ?? '');
    expect(newest('.edition-text').text()).toContain('two');
    const seen = await grace.get(editor);
    expect(seen.$('.draft')).toHaveLength(0);
    expect(seen.$('[data-editor-status]').text()).toBe('Ada Admin is writing at this document, too.');
    expect((await elsewhere.submit(continued, {}, `${editor}/draft/discard`)).status).toBe(303);
    const saved = await elsewhere.get(editor);
    expect(saved.$('.draft')).toHaveLength(0);
    expect(saved.$('textarea[name="content"]').text()).toContain('two');
  });

  it('keeps all fields in a draft, right or wrong, and goes on with one in which only they differ', async () => {
    const { id: parent } = await createDocument(administration.app.ctx, product.id, {
      slug: 'sea',
      title: 'Sea',
      status: 'published',
    });
    const page = await ada.get(editor);
    const _csrf = page.$('input[name="_csrf"]').attr('value') ?? '';
    const same = {
      _csrf,
      base: '1',
      title: 'Tides',
      content: 'one\ntwo\n',
      slug: 'tides',
      parent: '',
      published: 'on',
      metadata: '',
    };
    await ada.post(`${editor}/draft`, same);
    expect((await ada.get(editor)).$('.draft')).toHaveLength(0);
    await ada.post(`${editor}/draft`, { ...same, slug: 'high tides', parent, published: '', metadata: '{"half' });
    const { $ } = await ada.get(editor);
    expect([$('#field-slug').val(), $('#field-parent').val(), $('#field-metadata').val()]).toEqual([
      'high tides',
      parent,
      '{"half',
    ]);
    expect($('#field-published').is('[checked]')).toBe(false);
  });

  it('keeps a draft of each document that is begun until it is created, and leads to those that are not', async () => {
    const create = `${here}/documents/create`;
    const keep = async (page: PageAnswer, title: string): Promise<string> => {
      const field = (name: string): string => page.$(`form[data-editor] [name="${name}"]`).attr('value') ?? '';
      const answer = await ada.post(`${here}/documents/draft`, {
        ...{ _csrf: field('_csrf'), draft: field('draft'), base: '0' },
        ...{ title, content: `${title} begun` },
      });
      return answer.json.here;
    };
    const [first, second] = [await ada.get(create), await ada.get(create)];
    const begun = await keep(first, 'Ebb');
    await keep(second, 'Flood');
    const page = await ada.get(create);
    expect(page.$('textarea[name="content"]').text()).toBe('');
    const links = (answer: PageAnswer) =>
      answer
        .$('.begun a')
        .toArray()
        .map((link) => [page.$(link).text(), page.$(link).attr('href')]);
    expect(links(page)).toContainEqual(['Ebb', begun]);
    expect(links(page)).toHaveLength(2);
    const continued = await ada.get(begun);
    expect([continued.$('#field-title').attr('value'), links(continued).map(([text]) => text)]).toEqual(['Ebb', ['Flood']]);
    expect(continued.$('.draft').text()).toContain('You wrote this and did not save it');
    const refused = await ada.upload(continued, undefined, { slug: 'no slug' });
    expect(refused.status).toBe(422);
    expect((await ada.upload(refused, undefined, { slug: '' })).status).toBe(303);
    const [[text, flood] = []] = links(await ada.get(create));
    expect(text).toBe('Flood');
    expect((await ada.submit(await ada.get(flood ?? ''), {}, `${here}/documents/draft/discard`)).status).toBe(303);
    const nothing = await ada.get(flood ?? '');
    expect([nothing.status, nothing.$('.begun, .draft').length, nothing.$('#field-title').attr('value') ?? '']).toEqual([
      200,
      0,
      '',
    ]);
  });
});
