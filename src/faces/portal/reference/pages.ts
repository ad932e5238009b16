import { notFound } from '../../../domain/errors.ts';
import { findFragment, findOperation, listGroupOperations, searchOperations } from '../../../domain/products/index.ts';
import type { Page } from '../../../http/page-cache.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import { raw } from '../../../lib/html.ts';
import { withHeadingsFrom } from '../../../rendering/openapi/reference/fragments.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { renderPage } from '../respond.ts';
import { frame, MAX_LISTED, newerOf, pickerOf, registrationOf, subjectOf, titleOf, way } from './frame.ts';
import { operationArticle, withOwnLinks } from './links.ts';
import { operationItem, withDescendants } from './navigation.ts';
import { listed, pageOf, rowOf, whole } from './sections.ts';
import { rendered, type ShownReference, type ShownVersion } from './shown.ts';

/** Lines of a list of operations on one page. */
const PAGE_SIZE = 50;
const MAX_FOUND = 100;
const MAX_ENTRIES = 50;

/** The first page: what the document says of itself, then all operations as far as they fit. */
export const overviewPage = async (ctx: PortalContext, shown: ShownReference): Promise<Page> => {
  const reference = await rendered(ctx, shown);
  const { content, at } = reference;
  const { groups, contentHash, operationCount } = content;
  const inUse = groups.filter((group) => group.operationCount > 0);
  const operations =
    operationCount <= MAX_LISTED
      ? await listGroupOperations(
          ctx,
          contentHash,
          inUse.map(({ name }) => name),
        )
      : new Map();
  const overview = (await findFragment(ctx, contentHash, 'overview')) ?? '';
  const sections = (operationCount > 0 && (await whole(ctx, reference, inUse, operations, overview.length))) || undefined;
  const isWhole = operations.size > 0 && sections !== undefined;
  const head = {
    title: titleOf(reference),
    description: content.summary || reference.product.description || content.title,
    path: paths.reference(at.product, at.version),
    breadcrumbs: way(reference),
    subject: subjectOf(reference),
  };
  return renderPage(ctx, 'portal/reference/overview.njk', head, {
    ...(await frame(ctx, reference, { groups: [], areCurrent: false })),
    overview: withOwnLinks(withHeadingsFrom(2, overview), at),
    sections: isWhole ? sections : listed(at, inUse, operations),
    // Too many to be listed: then the groups themselves are.
    index: operationCount > MAX_LISTED ? listed(at, inUse, operations) : [],
    isEmpty: operationCount === 0,
    isUnreadable: content.rendering === 'failed',
    // Below what the document says of itself, which may be long.
    jumpHref: operationCount > MAX_LISTED ? '#groups' : inUse.length > 0 ? '#group-1' : false,
  });
};

/** The operations of some groups: whole where they are few, else as lines on pages. @throws not-found for a group that is not there */
export const groupsPage = async (
  ctx: PortalContext,
  reference: ShownReference,
  tags: readonly string[],
  number: number,
): Promise<Page> => {
  const { content, at } = reference;
  const chosen = tags.map((tag) => {
    const group = content.groups.find(({ name }) => name === tag);
    if (!group) throw notFound('Group');
    return group;
  });
  const names = new Set(
    chosen.flatMap(({ name }) => [name, ...withDescendants(content.groups, name).map((group) => group.name)]),
  );
  const groups = content.groups.filter(({ name }) => names.has(name));
  const operations = await listGroupOperations(ctx, content.contentHash, [...names]);
  const ordered = new Map(groups.map(({ name }) => [name, operations.get(name) ?? []]));
  const total = [...ordered.values()].reduce((sum, { length }) => sum + length, 0);
  const page = { number, size: PAGE_SIZE };
  if (number > Math.max(1, Math.ceil(total / PAGE_SIZE))) throw notFound('Page');
  const hrefOf = (to: number): string => paths.reference(at.product, at.version, { tag: tags, page: to === 1 ? undefined : to });
  const sections =
    (number === 1 ? await whole(ctx, reference, groups, ordered) : undefined) ??
    listed(at, groups, pageOf(ordered, page)).filter(({ rows, count }) => rows.length > 0 || count === 0);
  const isWhole = sections.some(({ articles }) => articles.length > 0);
  const title = chosen.map((group) => group.title).join(', ');
  const head = {
    title: titleOf(reference, title),
    description: `${title}: ${counted(total, 'operation', 'operations')} of ${reference.product.name} ${reference.version.name}`,
    path: hrefOf(number),
    breadcrumbs: way(reference, { label: title }),
    subject: subjectOf(reference),
  };
  return renderPage(ctx, 'portal/reference/groups.njk', head, {
    ...(await frame(ctx, reference, { groups: groups.map(({ name }) => name), areCurrent: true })),
    sections,
    filters: filtersOf(reference, tags),
    pagination: isWhole ? false : (paginate({ total, page }, hrefOf) ?? false),
  });
};

/** The tags of the page, each to be taken away, and the others that could be added to them. */
const filtersOf = ({ content, at }: ShownReference, tags: readonly string[]) => {
  const hrefOf = (chosen: readonly string[]): string => paths.reference(at.product, at.version, { tag: chosen });
  const titleOfTag = (tag: string): string => content.groups.find(({ name }) => name === tag)?.title ?? tag;
  return {
    chosen: tags.map((tag) => ({ value: titleOfTag(tag), removeHref: hrefOf(tags.filter((other) => other !== tag)) })),
    others: content.groups
      .filter(({ name, operationCount }) => operationCount > 0 && !tags.includes(name))
      .map(({ name, title, operationCount }) => ({ value: title, count: operationCount, href: hrefOf([...tags, name]) })),
    allHref: hrefOf([]),
  };
};

/** Operations whose method, path, id or summary hold the words. */
export const foundPage = async (ctx: PortalContext, reference: ShownReference, text: string): Promise<Page> => {
  const { content, at } = reference;
  const found = await searchOperations(ctx, content.contentHash, text, MAX_FOUND + 1);
  const head = { title: titleOf(reference, `“${text}”`), breadcrumbs: way(reference, { label: `“${text}”` }) };
  return renderPage(ctx, 'portal/reference/found.njk', head, {
    ...(await frame(ctx, reference, { groups: [], areCurrent: false }, text)),
    text,
    rows: found.slice(0, MAX_FOUND).map((operation) => rowOf(at, operation)),
    summary: found.length > MAX_FOUND ? `The first ${MAX_FOUND} operations` : counted(found.length, 'operation', 'operations'),
    allHref: paths.reference(at.product, at.version),
  });
};

/** The same as entries of a navigation, for a field that searches as one types. */
export const foundEntries = async (ctx: PortalContext, { content, at }: ShownReference, text: string): Promise<Page> => {
  const found = await searchOperations(ctx, content.contentHash, text, MAX_ENTRIES);
  const items = found.map((operation) => operationItem(at, operation, {}));
  const body = ctx.deps.views.render('components/side-nav/template.njk', { params: { label: 'Operations found', items } });
  return { body, headers: { 'X-Robots-Tag': 'noindex' } };
};

/** @throws not-found */
export const operationPage = async (ctx: PortalContext, shown: ShownReference, address: string): Promise<Page> => {
  const reference = await rendered(ctx, shown);
  const { content, at } = reference;
  const operation = await findOperation(ctx, content, address);
  const fragment = operation && (await findFragment(ctx, content.contentHash, 'operation', address));
  if (!operation || (fragment === undefined && content.rendering !== 'failed')) throw notFound('Operation');
  const title = operation.summary ?? `${operation.method.toUpperCase()} ${operation.path}`;
  const [groupName] = operation.groups;
  const group = content.groups.find(({ name }) => name === groupName);
  const head = {
    title: titleOf(reference, title),
    description: operation.description ?? `${operation.method.toUpperCase()} ${operation.path}: ${title}`,
    path: paths.operation(at.product, at.version, address),
    breadcrumbs: way(
      reference,
      ...(group ? [{ label: group.title, href: paths.reference(at.product, at.version, { tag: group.name }) }] : []),
      { label: title },
    ),
    subject: subjectOf(reference),
  };
  return renderPage(ctx, 'portal/reference/operation.njk', head, {
    ...(await frame(ctx, reference, { groups: operation.groups.slice(0, 1), areCurrent: false, operation: address })),
    article: fragment === undefined ? false : operationArticle(fragment, at),
    row: rowOf(at, operation),
    neighbours: await neighboursOf(ctx, reference, groupName, address),
  });
};

/** The operations before and after one in its group. */
const neighboursOf = async (ctx: PortalContext, { content, at }: ShownReference, group: string | undefined, address: string) => {
  if (group === undefined) return false;
  const operations = (await listGroupOperations(ctx, content.contentHash, [group])).get(group) ?? [];
  const index = operations.findIndex((operation) => operation.address === address);
  const [previous, next] = [operations[index - 1], operations[index + 1]].map(
    (operation) => operation && { label: operation.summary ?? operation.path, href: rowOf(at, operation).href },
  );
  return previous || next ? { ...(previous ? { previous } : {}), ...(next ? { next } : {}) } : false;
};

/** @throws not-found */
export const schemaPage = async (ctx: PortalContext, reference: ShownReference, name: string): Promise<Page> => {
  const { at } = reference;
  const fragment = await schemaFragment(ctx, reference, name);
  const head = {
    title: titleOf(reference, name),
    description: `The schema ${name} of ${reference.product.name} ${reference.version.name}`,
    path: paths.schema(at.product, at.version, name),
    breadcrumbs: way(reference, { label: 'Schemas', href: paths.schemas(at.product, at.version) }, { label: name }),
    subject: subjectOf(reference),
  };
  const beside = await findFragment(ctx, reference.content.contentHash, 'schema-page', name);
  return renderPage(ctx, 'portal/reference/schema.njk', head, {
    ...(await frame(ctx, reference, { groups: [], areCurrent: false, areSchemas: true })),
    schema: name,
    fragment: raw(fragment),
    beside: withOwnLinks(beside ?? '', at),
  });
};

/** All schemas by name. */
export const schemasPage = async (ctx: PortalContext, shown: ShownReference): Promise<Page> => {
  const reference = await rendered(ctx, shown);
  const { content, at } = reference;
  const head = {
    title: titleOf(reference, 'Schemas'),
    description: `The schemas of ${reference.product.name} ${reference.version.name}`,
    path: paths.schemas(at.product, at.version),
    breadcrumbs: way(reference, { label: 'Schemas' }),
    subject: subjectOf(reference),
  };
  return renderPage(ctx, 'portal/reference/schemas.njk', head, {
    ...(await frame(ctx, reference, { groups: [], areCurrent: false, areSchemas: true })),
    list: withOwnLinks((await findFragment(ctx, content.contentHash, 'schemas')) ?? '', at),
  });
};

/** The schema's own HTML, to be put into a page. @throws not-found */
export const schemaFragment = async (ctx: PortalContext, shown: ShownReference, name: string): Promise<string> => {
  const { content, at } = await rendered(ctx, shown);
  const fragment = await findFragment(ctx, content.contentHash, 'schema', name);
  if (fragment === undefined) throw notFound('Schema');
  return withOwnLinks(fragment, at).value;
};

/** A version whose specification is still to come. */
export const withoutSpecificationPage = async (ctx: PortalContext, shown: ShownVersion): Promise<Page> => {
  const { product, version, at } = shown;
  const head = {
    title: titleOf(shown),
    description: product.description ?? product.name,
    path: paths.reference(at.product, at.version),
    breadcrumbs: way(shown),
    subject: subjectOf(shown),
  };
  return renderPage(ctx, 'portal/reference/missing.njk', head, {
    name: product.name,
    version: { name: version.name, deprecated: version.deprecated, newer: newerOf(shown) },
    picker: pickerOf(shown),
    registration: await registrationOf(ctx, shown),
    docsHref: product.documentCount > 0 ? paths.product(product.slug) : false,
  });
};
