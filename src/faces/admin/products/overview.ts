import { may } from '../../../domain/access/index.ts';
import type { VersionId } from '../../../domain/ids.ts';
import { listVersions, type Product, type Version } from '../../../domain/products/index.ts';
import type { AdminContext } from '../context.ts';
import { factsOf } from '../versions/pages.ts';
import { type VersionFacts, versionsTable } from '../versions/table.ts';
import { mayPublishSomewhere } from './frame.ts';
import { publicationPaths, specificationPaths, versionPaths } from './paths.ts';

/** How many versions the overview shows; the newest. */
const SHOWN = 10;

/** The page of a product. */
export const overviewModel = async (ctx: AdminContext, product: Product) => {
  const newestFirst = [{ field: 'created_at', direction: 'desc' }] as const;
  const { items } = await listVersions(ctx, product.id, { filters: [], sort: newestFirst, page: { number: 1, size: SHOWN } });
  const facts = await factsOf(ctx, product.id, items);
  const steps = stepsOf(ctx, product, items, facts);
  return {
    description: product.description ?? '',
    checklist: steps.every(({ done }) => done) ? false : { label: 'Until developers see it', items: steps },
    table: items.length > 0 ? versionsTable(ctx, items, facts) : false,
    allHref: product.versionCount > SHOWN ? versionPaths.list(ctx.region, product.id) : false,
    versionCount: product.versionCount,
    facts: {
      id: product.id,
      slug: product.slug,
      createdAt: product.createdAt,
      updatedAt: product.updatedAt,
      publicLabels: chipsOf(product.publicLabels),
      labels: chipsOf(product.labels),
    },
  };
};

const chipsOf = (labels: Product['labels']) => Object.entries(labels).map(([key, value]) => ({ key, value }));

/** What is missing until developers see a product, and where each thing is done. */
const stepsOf = ({ actor, region }: AdminContext, product: Product, versions: readonly Version[], facts: VersionFacts) => {
  const mayEdit = may(actor, 'product.edit', product.id);
  const isShown = ({ id }: { id: VersionId }): boolean =>
    (facts.publications.get(id) ?? []).some(
      ({ publishStatus, portalId }) =>
        publishStatus === 'published' && facts.assigned.some((portal) => portal.portalId === portalId),
    );
  const link = (href: string) => (mayEdit ? { href } : {});
  const [bare] = versions.filter(({ id }) => !facts.specifications.has(id));
  return [
    {
      text: 'Add a version',
      done: product.versionCount > 0,
      hint: 'Such as v1: what developers call.',
      ...link(versionPaths.create(region, product.id)),
    },
    {
      text: 'Upload a specification',
      done: versions.some(({ id }) => facts.specifications.has(id)),
      hint: 'An OpenAPI document; the reference is made of it.',
      ...(bare ? link(specificationPaths.specification(region, { productId: product.id, versionId: bare.id })) : {}),
    },
    {
      text: 'Publish a version to a portal',
      done: versions.some(isShown),
      hint: 'Until then no developer sees anything.',
      ...(mayPublishSomewhere(actor, product.id) ? { href: publicationPaths.publish(region, product.id) } : {}),
    },
  ];
};
