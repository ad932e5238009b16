import type { VersionId } from '../../../domain/ids.ts';
import type { DiagramState } from '../../../domain/products/index.ts';
import type { VisibleDocument, VisibleDocumentContent, VisibleEdition } from '../../../domain/visibility/index.ts';
import { raw } from '../../../lib/html.ts';
import { type ShownDiagram, withDiagrams } from '../../../rendering/diagrams/figure.ts';
import type { RenderedDocument } from '../../../rendering/markdown/index.ts';
import { changedOf } from '../changed.ts';
import { paths } from '../paths.ts';
import { type ShownProduct, versionBadge } from '../product.ts';
import { registerHref } from '../registering.ts';
import { type DocumentBranch, readingOrder } from './tree.ts';

/** A product with the tree of its documents; the first in reading order is its introduction. */
export interface DocumentedProduct extends ShownProduct {
  readonly branches: readonly DocumentBranch[];
}

export const introductionOf = ({ branches }: DocumentedProduct): VisibleDocument | undefined => branches[0]?.document;

/** The introduction is where the product is; the others are below. */
export const documentHref = (of: DocumentedProduct, document: VisibleDocument): string =>
  document.id === introductionOf(of)?.id ? paths.product(of.product.slug) : paths.document(of.product.slug, document.slug);

/** The navigation of a product: its documents as a tree, its versions with their state. */
export const sideOf = (of: DocumentedProduct, shown?: VisibleDocument) => {
  const { product, versions, branches } = of;
  const itemOf = ({ document, children }: DocumentBranch): object => ({
    label: document.title,
    href: documentHref(of, document),
    current: document.id === shown?.id,
    ...(children.length > 0 ? { items: children.map(itemOf) } : {}),
  });
  const versionItems = versions.map((version) => {
    const badge = versionBadge(version, versions);
    return { label: version.name, href: paths.reference(product.slug, version.slug), ...(badge ? { badge } : {}) };
  });
  return {
    label: product.name,
    items: [
      ...(branches.length > 0 ? [{ label: 'Documentation', items: branches.map(itemOf) }] : []),
      ...(versionItems.length > 0 ? [{ label: 'API reference', items: versionItems }] : []),
    ],
  };
};

const FIRST_HEADING = /^\s*<h1\b/;
const MIN_OUTLINE = 2;

const shownDiagram = (hash: string, diagram: DiagramState | undefined): ShownDiagram => {
  if (diagram?.state !== 'drawn') return diagram?.state === 'broken' ? diagram : undefined;
  return { ...diagram, light: paths.diagram(hash, 'light'), dark: paths.diagram(hash, 'dark') };
};

/** A document, ready to be read. */
export const documentModel = (
  of: DocumentedProduct,
  document: VisibleDocumentContent,
  rendered: RenderedDocument,
  diagrams: ReadonlyMap<string, DiagramState>,
) => {
  const order = readingOrder(of.branches);
  const at = order.findIndex(({ id }) => id === document.id);
  const neighbour = (other: VisibleDocument | undefined) => other && { label: other.title, href: documentHref(of, other) };
  const previous = neighbour(order[at - 1]);
  const next = neighbour(order[at + 1]);
  const outline = rendered.outline
    .filter(({ level }) => level === 2 || level === 3)
    .map(({ id, level, text }) => ({ label: text, href: `#${id}`, level }));
  return {
    // Many a text begins with its title itself.
    title: FIRST_HEADING.test(rendered.html) ? false : document.title,
    html: raw(withDiagrams(rendered.html, (hash) => shownDiagram(hash, diagrams.get(hash)))),
    isEmpty: document.content.trim() === '',
    updatedAt: document.updatedAt,
    outline: outline.length >= MIN_OUTLINE ? outline : [],
    neighbours: previous || next ? { ...(previous ? { previous } : {}), ...(next ? { next } : {}) } : false,
  };
};

const chipsOf = ({ product }: ShownProduct) => Object.entries(product.publicLabels).map(([key, value]) => ({ key, value }));

/** Documents that specifications were and are, by version. */
type Editions = ReadonlyMap<VersionId, readonly VisibleEdition[]>;

/** What of a product stands above its introduction: its labels, and the ways to the reference of its latest version, and to register for it. */
export const aboutModel = (shown: ShownProduct, editions: Editions, mayRegister: boolean) => {
  const [latest] = shown.versions;
  return {
    chips: chipsOf(shown),
    latest: latest ? { name: latest.name, href: paths.reference(shown.product.slug, latest.slug) } : false,
    changed: latest ? changedOf({ product: shown.product.slug, version: latest.slug }, editions.get(latest.id)) : false,
    registerHref: latest && mayRegister ? registerHref(latest) : '',
  };
};

/** A product by itself: what it is, its labels, its versions. */
export const overviewModel = ({ product, versions }: ShownProduct, editions: Editions, mayRegister: boolean) => ({
  description: product.description ?? '',
  chips: chipsOf({ product, versions }),
  versions: versions.map((version) => ({
    name: version.name,
    href: paths.reference(product.slug, version.slug),
    badge: versionBadge(version, versions) ?? false,
    hasSpecification: version.specification !== null,
    downloadHref: version.specification ? paths.download(product.slug, version.slug) : false,
    fileName: version.specification?.name ?? '',
    registerHref: mayRegister ? registerHref(version) : '',
    createdAt: version.createdAt,
    changed: changedOf({ product: product.slug, version: version.slug }, editions.get(version.id)),
  })),
});
