import type { Request, Response } from 'express';
import { notFound } from '../../../domain/errors.ts';
import { findFragment, findOperation, listGroupOperations } from '../../../domain/products/index.ts';
import type { VisibleDocumentContent } from '../../../domain/visibility/index.ts';
import { listVisibleEditions } from '../../../domain/visibility/index.ts';
import { nameIn } from '../../../http/markdown-wanted.ts';
import { withDocumentLinks } from '../../../rendering/document-files/rewrite-links.ts';
import { markdownFromHtml } from '../../../rendering/markdown/from-html.ts';
import { schemaNameAt } from '../../../rendering/openapi/schema-address.ts';
import { changedOf } from '../changed.ts';
import type { PortalContext } from '../context.ts';
import type { DocumentedProduct } from '../documents/pages.ts';
import { readingOrder } from '../documents/tree.ts';
import { paths } from '../paths.ts';
import { type ReferenceAddress, withOwnLinks } from '../reference/links.ts';
import { rendered, type ShownReference, type ShownVersion } from '../reference/shown.ts';
import { sendPage } from '../respond.ts';
import { inLine, link } from './markdown-text.ts';

/** Answers with Markdown, which is kept like a page. */
export const sendMarkdown = (
  req: Request,
  res: Response,
  ctx: PortalContext,
  query: string,
  make: () => Promise<string>,
): Promise<void> =>
  sendPage(req, res, { ...ctx, flash: undefined }, `${query}#md`, async () => ({
    type: 'text/markdown; charset=utf-8',
    body: Buffer.from(await make()),
    headers: { 'X-Content-Type-Options': 'nosniff' },
  }));

const HAS_HEADING = /^\s*#\s/;

/** A document as it was written, with its title above where it has none; relative links, which its page reads its own way, lead there. */
export const documentMarkdown = (product: string, { title, content }: VisibleDocumentContent): string =>
  `${HAS_HEADING.test(content) ? '' : `# ${inLine(title)}\n\n`}${withDocumentLinks(content, paths.product(product), '.md').trim()}\n`;

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [`\n## ${title}\n`, ...lines]);

/** A product: what it is, and where its documents and references are. */
export const productMarkdown = ({ product, versions, branches }: DocumentedProduct): string =>
  [
    `# ${inLine(product.name)}`,
    ...(product.description ? [`\n${product.description.trim()}`] : []),
    ...section(
      'Documentation',
      readingOrder(branches).map(({ title, slug }) => `- ${link(title, `${paths.document(product.slug, slug)}.md`)}`),
    ),
    ...section(
      'API reference',
      versions.map(({ name, slug, deprecated, specification }) => {
        const openapi = specification ? `, ${link('OpenAPI', paths.specification(product.slug, slug, 'yaml'))}` : '';
        return `- ${link(name, `${paths.reference(product.slug, slug)}.md`)}${deprecated ? ' (deprecated)' : ''}${openapi}`;
      }),
    ),
    '',
  ].join('\n');

/** One language says what a request is: all others than curl. */
const OTHER_SAMPLES = /<details class="sample"[^>]* data-lang="(?!shell")[^>]*>.*?<\/details>/gs;

/** A piece of a reference; what it leads to in this reference can be read as Markdown, too. */
const fragmentMarkdown = (fragment: string, at: ReferenceAddress): string => {
  const own = `href="${paths.reference(at.product, at.version)}/`;
  const html = withOwnLinks(fragment, at)
    .value.replace(OTHER_SAMPLES, '')
    .split(own)
    .map((part, index) => {
      const path = index === 0 ? undefined : /^(?:operations|schemas)\/[^"?#/]+(?=["#])/.exec(part)?.[0];
      return path === undefined ? part : `${path}.md${part.slice(path.length)}`;
    });
  return markdownFromHtml(html.join(own));
};

/** The operations of a reference, a line each, by group. */
export const operationLines = async (ctx: PortalContext, { content, at }: ShownReference): Promise<string[]> => {
  const groups = content.groups.filter(({ operationCount }) => operationCount > 0);
  const operations = await listGroupOperations(
    ctx,
    content.contentHash,
    groups.map(({ name }) => name),
  );
  return groups.flatMap(({ name, title }) =>
    section(
      inLine(title),
      (operations.get(name) ?? []).map(({ method, path, address, summary, deprecated }) => {
        const href = `${paths.operation(at.product, at.version, address)}.md`;
        const said = summary === undefined ? '' : `: ${inLine(summary)}`;
        return `- ${link(`${method.toUpperCase()} ${path}`, href)}${said}${deprecated ? ' (deprecated)' : ''}`;
      }),
    ),
  );
};

/** What a reference says of itself, and its operations. */
export const referenceMarkdown = async (ctx: PortalContext, shown: ShownReference): Promise<string> => {
  const reference = await rendered(ctx, shown);
  const { content, at, product, version } = reference;
  const overview = (await findFragment(ctx, content.contentHash, 'overview')) ?? '';
  const changed = changedOf(at, (await listVisibleEditions(ctx, ctx.portal, [version])).get(version.id));
  return [
    `# ${inLine(`${product.name} ${version.name}`)}`,
    `\nSpecification: ${link('YAML', paths.specification(at.product, at.version, 'yaml'))}, ${link('JSON', paths.specification(at.product, at.version, 'json'))}`,
    ...(changed ? [`\nChanged on ${changed.at.slice(0, 10)}: ${link('what changed', `${changed.href}.md`)}`] : []),
    `\n${fragmentMarkdown(overview, at)}`,
    ...(await operationLines(ctx, reference)),
    '',
  ].join('\n');
};

/** A version whose specification is still to come: what leads to it leads somewhere. */
export const versionMarkdown = ({ product, version }: ShownVersion): string =>
  `# ${inLine(`${product.name} ${version.name}`)}\n\nThis version has no specification yet.\n\n${link(product.name, `${paths.product(product.slug)}.md`)}\n`;

/** A link to the reference that something is of. */
const placeOf = ({ at, product, version }: ShownReference): string =>
  link(`${product.name} ${version.name}`, `${paths.reference(at.product, at.version)}.md`);

/** An operation: all that its page says. @throws not-found */
export const operationMarkdown = async (ctx: PortalContext, shown: ShownReference, address: string): Promise<string> => {
  const reference = await rendered(ctx, shown);
  const { content, at } = reference;
  const operation = await findOperation(ctx, content, address);
  const fragment = operation && (await findFragment(ctx, content.contentHash, 'operation', address));
  if (!operation || fragment === undefined) throw notFound('Operation');
  return `${placeOf(reference)}\n\n${fragmentMarkdown(fragment, at)}`;
};

/** All schemas of a reference by name. */
export const schemasMarkdown = async (ctx: PortalContext, shown: ShownReference): Promise<string> => {
  const reference = await rendered(ctx, shown);
  const list = (await findFragment(ctx, reference.content.contentHash, 'schemas')) ?? '';
  return `# Schemas of ${placeOf(reference)}\n\n${fragmentMarkdown(list, reference.at)}`;
};

/** A schema; `address` is that of its page, with or without the ending that asks for Markdown, or its name. @throws not-found */
export const schemaMarkdown = async (ctx: PortalContext, shown: ShownReference, address: string): Promise<string> => {
  const reference = await rendered(ctx, shown);
  for (const name of [schemaNameAt(nameIn(address)), address]) {
    const fragment = await findFragment(ctx, reference.content.contentHash, 'schema', name);
    if (fragment !== undefined)
      return `${placeOf(reference)}\n\n## ${inLine(name)}\n\n${fragmentMarkdown(fragment, reference.at)}`;
  }
  throw notFound('Schema');
};
