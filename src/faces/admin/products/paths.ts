import type { DocumentId, PortalId, ProductId, VersionId } from '../../../domain/ids.ts';
import type { RegionCode } from '../../../domain/regions/index.ts';
import { type Query, queryString, segment } from '../../../http/addresses.ts';
import { paths } from '../paths.ts';

interface VersionRef {
  readonly productId: ProductId;
  readonly versionId: VersionId;
}

const products = (region: RegionCode): string => `${paths.overview(region)}/products`;
const product = (region: RegionCode, id: ProductId): string => `${products(region)}/${id}`;
const version = (region: RegionCode, { productId, versionId }: VersionRef): string =>
  `${product(region, productId)}/versions/${versionId}`;

/** Addresses of API products. */
export const productPaths = {
  list: (region: RegionCode, query: Query = {}): string => `${products(region)}${queryString(query)}`,
  create: (region: RegionCode): string => `${products(region)}/create`,
  product,
  edit: (region: RegionCode, id: ProductId): string => `${product(region, id)}/edit`,
  delete: (region: RegionCode, id: ProductId): string => `${product(region, id)}/delete`,
} as const;

/** Addresses of the versions of a product. */
export const versionPaths = {
  list: (region: RegionCode, id: ProductId, query: Query = {}): string => `${product(region, id)}/versions${queryString(query)}`,
  create: (region: RegionCode, id: ProductId): string => `${product(region, id)}/versions/create`,
  version,
  edit: (region: RegionCode, ref: VersionRef): string => `${version(region, ref)}/edit`,
  delete: (region: RegionCode, ref: VersionRef): string => `${version(region, ref)}/delete`,
  gatewayService: (region: RegionCode, ref: VersionRef, query: Query = {}): string =>
    `${version(region, ref)}/gateway-service${queryString(query)}`,
  unlink: (region: RegionCode, ref: VersionRef): string => `${version(region, ref)}/gateway-service/unlink`,
} as const;

const specification = (region: RegionCode, ref: VersionRef): string => `${version(region, ref)}/specification`;

/** Addresses of the specification of a version. */
export const specificationPaths = {
  specification,
  name: (region: RegionCode, ref: VersionRef): string => `${specification(region, ref)}/name`,
  delete: (region: RegionCode, ref: VersionRef): string => `${specification(region, ref)}/delete`,
  file: (region: RegionCode, ref: VersionRef): string => `${specification(region, ref)}/file`,
  changes: (region: RegionCode, ref: VersionRef, query: Query = {}): string =>
    `${specification(region, ref)}/changes${queryString(query)}`,
  editionFile: (region: RegionCode, ref: VersionRef, number: number): string =>
    `${specification(region, ref)}/editions/${number}/file`,
  forget: (region: RegionCode, ref: VersionRef, number: number): string =>
    `${specification(region, ref)}/editions/${number}/forget`,
  preview: (region: RegionCode, ref: VersionRef, query: Query = {}): string =>
    `${specification(region, ref)}/preview${queryString(query)}`,
  operation: (region: RegionCode, ref: VersionRef, address: string): string =>
    `${specification(region, ref)}/preview/operations/${segment(address)}`,
} as const;

interface DocumentRef {
  readonly productId: ProductId;
  readonly documentId: DocumentId;
}

const document = (region: RegionCode, { productId, documentId }: DocumentRef): string =>
  `${product(region, productId)}/documents/${documentId}`;

const documents = (region: RegionCode, id: ProductId): string => `${product(region, id)}/documents`;
const edition = (region: RegionCode, ref: DocumentRef, number: number): string => `${document(region, ref)}/history/${number}`;

/** Addresses of the documents of a product. */
export const documentPaths = {
  list: documents,
  create: (region: RegionCode, id: ProductId, query: Query = {}): string =>
    `${documents(region, id)}/create${queryString(query)}`,
  preview: (region: RegionCode, id: ProductId): string => `${documents(region, id)}/preview`,
  import: (region: RegionCode, id: ProductId): string => `${documents(region, id)}/import`,
  archive: (region: RegionCode, id: ProductId): string => `${documents(region, id)}/archive`,
  /** of a document that is not created yet */
  newDraft: (region: RegionCode, id: ProductId, act?: 'discard'): string =>
    `${documents(region, id)}/draft${act === undefined ? '' : `/${act}`}`,
  document,
  draft: (region: RegionCode, ref: DocumentRef, act?: 'discard'): string =>
    `${document(region, ref)}/draft${act === undefined ? '' : `/${act}`}`,
  file: (region: RegionCode, ref: DocumentRef): string => `${document(region, ref)}/file`,
  history: (region: RegionCode, ref: DocumentRef): string => `${document(region, ref)}/history`,
  edition: (region: RegionCode, ref: DocumentRef, number: number, query: Query = {}): string =>
    `${edition(region, ref, number)}${queryString(query)}`,
  restore: (region: RegionCode, ref: DocumentRef, number: number): string => `${edition(region, ref, number)}/restore`,
  place: (region: RegionCode, ref: DocumentRef): string => `${document(region, ref)}/place`,
  status: (region: RegionCode, ref: DocumentRef): string => `${document(region, ref)}/status`,
  delete: (region: RegionCode, ref: DocumentRef): string => `${document(region, ref)}/delete`,
} as const;

const images = (region: RegionCode, id: ProductId): string => `${product(region, id)}/images`;

/** Addresses of the images of a product's documents. */
export const imagePaths = {
  list: images,
  image: (region: RegionCode, { productId, hash, type }: { productId: ProductId; hash: string; type: string }): string =>
    `${images(region, productId)}/${hash}.${type}`,
  delete: (region: RegionCode, { productId, hash }: { productId: ProductId; hash: string }): string =>
    `${images(region, productId)}/${hash}/delete`,
} as const;

interface PlaceRef extends VersionRef {
  readonly portalId: PortalId;
}

const portals = (region: RegionCode, id: ProductId): string => `${product(region, id)}/portals`;

/** Addresses of how a product and its versions stand in portals. */
export const publicationPaths = {
  portals,
  publish: (region: RegionCode, id: ProductId, query: Query = {}): string =>
    `${product(region, id)}/publish${queryString(query)}`,
  assignment: (region: RegionCode, id: ProductId, portalId: PortalId): string => `${portals(region, id)}/${portalId}`,
  publication: (region: RegionCode, { productId, versionId, portalId }: PlaceRef): string =>
    `${portals(region, productId)}/${portalId}/versions/${versionId}`,
  remove: (region: RegionCode, { productId, versionId, portalId }: PlaceRef): string =>
    `${portals(region, productId)}/${portalId}/versions/${versionId}/remove`,
} as const;
