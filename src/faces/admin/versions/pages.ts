import { may } from '../../../domain/access/index.ts';
import type { ProductId } from '../../../domain/ids.ts';
import {
  findSpecificationContent,
  listSpecificationsOfVersions,
  type Specification,
  type Version,
} from '../../../domain/products/index.ts';
import { listPortalsOfProducts, listPublicationsOfVersions } from '../../../domain/publications/index.ts';
import { counted } from '../../../http/pagination.ts';
import type { AdminContext } from '../context.ts';
import { publicationPaths, specificationPaths, versionPaths } from '../products/paths.ts';
import { linkModel } from './gateway-service.ts';
import { stateOf, type VersionFacts } from './table.ts';
import type { ShownVersion } from './version.ts';

/** What is known of some versions of a product, at once. */
export const factsOf = async (ctx: AdminContext, productId: ProductId, versions: readonly Version[]): Promise<VersionFacts> => {
  const ids = versions.map(({ id }) => id);
  return {
    specifications: await listSpecificationsOfVersions(ctx, productId, ids),
    publications: await listPublicationsOfVersions(ctx, ids),
    assigned: (await listPortalsOfProducts(ctx, [productId])).get(productId) ?? [],
  };
};

const specificationModel = async (
  ctx: AdminContext,
  { ref }: ShownVersion,
  specification: Specification | undefined,
  mayEdit: boolean,
) => {
  const { region } = ctx;
  const href = specificationPaths.specification(region, ref);
  if (!specification) return { uploadHref: mayEdit ? href : false };
  const content = await findSpecificationContent(ctx, specification.contentHash);
  return {
    href,
    name: specification.name,
    operations: counted(content?.operationCount ?? 0, 'operation', 'operations'),
    remarks: counted(content?.findings.length ?? 0, 'remark', 'remarks'),
    previewHref: specificationPaths.preview(region, ref),
  };
};

/** The page of a version. */
export const versionModel = async (ctx: AdminContext, shown: ShownVersion) => {
  const { product, version, ref } = shown;
  const mayEdit = may(ctx.actor, 'product.edit', product.id);
  const facts = await factsOf(ctx, product.id, [version]);
  return {
    editHref: mayEdit ? versionPaths.edit(ctx.region, ref) : false,
    deleteHref: mayEdit ? versionPaths.delete(ctx.region, ref) : false,
    specification: await specificationModel(ctx, shown, facts.specifications.get(version.id), mayEdit),
    link: await linkModel(ctx, shown),
    portals: (facts.publications.get(version.id) ?? []).map((publication) => ({
      name: publication.portalName,
      state: stateOf(publication, facts.assigned),
    })),
    portalsHref: publicationPaths.portals(ctx.region, product.id),
    facts: {
      id: version.id,
      address: `/spec/${product.slug}/${version.slug}`,
      labels: Object.entries(version.labels).map(([key, value]) => ({ key, value })),
      createdAt: version.createdAt,
      updatedAt: version.updatedAt,
    },
  };
};
