import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createPortal, type Portal } from '../../../src/domain/portals/index.ts';
import {
  createDocument,
  createProduct,
  createSpecification,
  createVersion,
  listOperations,
} from '../../../src/domain/products/index.ts';
import { createPublication, publishProducts } from '../../../src/domain/publications/index.ts';
import { type Hit, search } from '../../../src/domain/search/index.ts';
import { addTeamMember, assignTeamRole, createTeam } from '../../../src/domain/teams/index.ts';
import {
  ANONYMOUS,
  catalogue,
  developerVisitor,
  findVisibleDocument,
  listVisibleDocuments,
  listVisibleVersions,
  type Visitor,
} from '../../../src/domain/visibility/index.ts';
import { readSections } from '../../../src/rendering/markdown/index.ts';
import { onEachDatabase } from '../../support/database.ts';
import { givenDeveloper } from '../../support/developers.ts';
import { indexAll, readingContext, WAYS } from '../../support/search.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };
const WORDS = ['anchor', 'ankle', 'berth', 'bert', 'cargo', 'carve', 'dock', 'dory', 'élan', 'eland', 'ferry', 'fern'] as const;

const word = fc.constantFrom(...WORDS);
const words = (minLength: number, maxLength: number) => fc.array(word, { minLength, maxLength }).map((list) => list.join(' '));

const product = fc.record({
  name: words(1, 2),
  description: words(0, 3),
  /** in which of the two portals it is */
  assigned: fc.tuple(fc.boolean(), fc.boolean()),
  /** whether a team of the first portal may view it */
  viewed: fc.boolean(),
  versions: fc.array(
    fc.record({
      published: fc.tuple(fc.boolean(), fc.boolean()),
      operations: fc.array(words(1, 3), { maxLength: 3 }),
      schema: word,
    }),
    { maxLength: 2 },
  ),
  documents: fc.array(
    fc.record({
      published: fc.boolean(),
      below: fc.boolean(),
      title: words(1, 2),
      sections: fc.array(fc.tuple(word, words(0, 4)), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
});

const query = fc.oneof(
  word,
  word.map((text) => text.slice(0, 3)),
  fc.tuple(word, word).map(([a, b]) => `${a} ${b}`),
  fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
);

type World = readonly (typeof product extends fc.Arbitrary<infer T> ? T : never)[];

const specificationOf = (operations: readonly string[], schema: string) => ({
  openapi: '3.1.0',
  info: { title: '-', version: '1' },
  paths: Object.fromEntries(
    operations.map((summary, n) => [
      `/${n}`,
      { get: { operationId: `op${n}`, summary, responses: { 200: { description: '-' } } } },
    ]),
  ),
  components: { schemas: { [schema]: { type: 'object', properties: { [`${schema}s`]: { type: 'string' } } } } },
});

/** Two portals, the first private with access by roles, the second public, and a developer of the first in two teams. */
const build = async (ctx: ContextWithPorts, world: World) => {
  const closed = await createPortal(ctx, { name: 'closed', rbacEnabled: true }, HOSTS);
  const shown = await createPortal(ctx, { name: 'shown', isPublic: true }, HOSTS);
  const developer = await givenDeveloper(ctx, closed.id);
  const inputs = new Map<string, World[number]>();
  const [one, other] = [await createTeam(ctx, closed.id, { name: 'one' }), await createTeam(ctx, closed.id, { name: 'other' })];
  const teams = [one, other].map(({ id: teamId }) => ({ portalId: closed.id, teamId }));
  for (const team of teams) await addTeamMember(ctx, team, developer);
  for (const input of world) {
    const { id } = await createProduct(ctx, { name: input.name, description: input.description });
    inputs.set(id, input);
    for (const [n, portal] of [closed, shown].entries())
      if (input.assigned[n]) await publishProducts(ctx, portal.id, { [id]: 'published' });
    // By each of their roles one sees the same product.
    for (const team of input.viewed ? teams : [])
      for (const role of ['API Viewer', 'API Consumer'] as const) await assignTeamRole(ctx, team, { role, productId: id });
    for (const [n, { published, operations, schema }] of input.versions.entries()) {
      const version = await createVersion(ctx, id, { name: `v${n}` });
      const bytes = Buffer.from(JSON.stringify(specificationOf(operations, schema)));
      await createSpecification(ctx, { productId: id, versionId: version.id }, { name: 's.json', bytes });
      for (const [at, portal] of [closed, shown].entries())
        await createPublication(
          ctx,
          { portalId: portal.id, versionId: version.id },
          {
            ...{ publishStatus: published[at] ? 'published' : 'unpublished', deprecated: false, authStrategyIds: [] },
            ...{ applicationRegistrationEnabled: false, autoApproveRegistration: false },
          },
        );
    }
    let parentId: Awaited<ReturnType<typeof createDocument>>['id'] | null = null;
    for (const [n, { published, below, title, sections }] of input.documents.entries()) {
      const content = sections.map(([heading, text]) => `# ${heading}\n\n${text}`).join('\n\n');
      const status = published ? 'published' : 'unpublished';
      const document = await createDocument(ctx, id, {
        slug: `d${n}`,
        title,
        status,
        content,
        parentId: below ? parentId : null,
      });
      parentId = document.id;
    }
  }
  await indexAll(ctx);
  return { closed, shown, developer, inputs };
};

const fold = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Something that can be read: its name in this test, its texts, and what it belongs to. */
interface Readable {
  readonly name: string;
  readonly texts: readonly string[];
  readonly context: readonly string[];
}

/** Everything that a visitor may read, asked for page by page. */
const readEverything = async (
  ctx: ContextWithPorts,
  portal: Portal,
  visitor: Visitor,
  inputs: ReadonlyMap<string, World[number]>,
): Promise<Readable[]> => {
  const found: Readable[] = [];
  const { items } = await catalogue(ctx, portal, visitor, { page: { number: 1, size: 100 } });
  for (const { id, slug, name, description } of items) {
    found.push({ name: `product ${slug}`, texts: [name, slug, description ?? ''], context: [] });
    for (const version of await listVisibleVersions(ctx, portal, visitor, { id })) {
      found.push({ name: `version ${slug} ${version.slug}`, texts: [version.name], context: [name] });
      const context = [name, version.name];
      const hash = version.specification?.contentHash ?? '';
      for (const { address, summary = '', method, path } of (await listOperations(ctx, hash, { page: { number: 1, size: 100 } }))
        .items)
        found.push({
          name: `operation ${slug} ${version.slug} ${address}`,
          texts: [summary, `${method} ${path}`, address],
          context,
        });
      const schema = inputs.get(id)?.versions[Number(version.name.slice(1))]?.schema;
      if (schema !== undefined)
        found.push({ name: `schema ${slug} ${version.slug} ${schema}`, texts: [schema, `${schema}s`], context });
    }
    for (const { slug: document } of await listVisibleDocuments(ctx, portal, visitor, { id })) {
      const read = await findVisibleDocument(ctx, portal, visitor, { id }, document);
      if (!read) continue;
      const at = (target: string) => `document ${slug} ${document} ${target}`;
      const sections = readSections(read.content);
      const [first, ...rest] = sections;
      const isTitle = first && fold(first.title).join(' ') === fold(read.title).join(' ');
      found.push({ name: at(''), texts: [read.title, isTitle ? first.text : ''], context: [name, read.title] });
      for (const section of isTitle ? rest : sections)
        found.push({ name: at(section.id), texts: [section.title, section.text], context: [name, read.title] });
    }
  }
  return found;
};

const holds = (texts: readonly string[], text: string): boolean => {
  const quoted = /^"(.*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return texts.some((one) => ` ${fold(one).join(' ')} `.includes(` ${fold(quoted).join(' ')} `));
  return texts.some((one) => fold(one).some((candidate) => candidate.startsWith(fold(text)[0] ?? '')));
};

/** Whether a word is, as a whole, one of what something belongs to. */
const belongs = (context: readonly string[], term: string): boolean =>
  !term.startsWith('"') && context.some((one) => fold(one).includes(fold(term)[0] ?? ''));

const fits = ({ texts, context }: Readable, text: string): boolean => {
  const terms = text.startsWith('"') ? [text] : text.split(' ');
  return terms.some((term) => holds(texts, term)) && terms.every((term) => holds(texts, term) || belongs(context, term));
};

/** Kind, product, version or document, and what of it. */
const namesOf = (hits: readonly Hit[]): string[] =>
  hits.map(({ kind, product: { slug }, version, document, target }) =>
    [
      kind,
      slug,
      ...[version?.slug, document?.slug].filter((part) => part !== undefined),
      ...(kind === 'product' || kind === 'version' ? [] : [target]),
    ].join(' '),
  );

onEachDatabase('what a search finds', (open) => {
  it('is what of all that one may read holds the words, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(product, { minLength: 1, maxLength: 4 }),
        fc.array(query, { minLength: 4, maxLength: 8 }),
        async (world, queries) => {
          const ctx = readingContext(await open());
          const { closed, shown, developer, inputs } = await build(ctx, world);
          const visits: [Portal, Visitor][] = [
            [shown, ANONYMOUS],
            [closed, ANONYMOUS],
            [closed, { kind: 'developer', id: developer }],
            [closed, await developerVisitor(ctx, closed, developer)],
            [
              { ...closed, rbacEnabled: false },
              { kind: 'developer', id: developer },
            ],
          ];
          for (const [portal, visitor] of visits) {
            const readable = await readEverything(ctx, portal, visitor, inputs);
            const known = new Set(readable.map(({ name }) => name));
            for (const text of queries)
              for (const [n, bounds] of WAYS.entries()) {
                const found = await search(ctx, portal, visitor, { text, page: { number: 1, size: 1000 } }, bounds);
                const names = namesOf(found.items);
                expect(names.filter((name) => !known.has(name))).toEqual([]);
                if (found.corrected !== undefined) continue; // of what only comes near, no more is promised than that it may be read
                const expected = readable.filter((one) => fits(one, text)).map(({ name }) => name);
                expect([n, names.sort()]).toEqual([n, expected.sort()]);
                const product = found.items[0]?.product.slug;
                if (product === undefined) continue;
                const within = await search(ctx, portal, visitor, { text, product, page: { number: 1, size: 1000 } }, bounds);
                expect([n, namesOf(within.items).sort()]).toEqual([n, expected.filter((name) => name.split(' ')[1] === product)]);
              }
          }
        },
      ),
      { seed: 1, numRuns: 8 },
    );
  });
});
