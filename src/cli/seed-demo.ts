import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type { Installation } from '../compose.ts';
import { SYSTEM } from '../domain/access/index.ts';
import { createAuthStrategy, listAuthStrategies } from '../domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../domain/context.ts';
import type { AuthStrategyId, DocumentId, PortalId, ProductId, VersionId } from '../domain/ids.ts';
import {
  type AppearanceChanges,
  createPortal,
  getPortal,
  type HostSettings,
  listPortals,
  type Portal,
  updateAppearance,
} from '../domain/portals/index.ts';
import {
  createDocument,
  createSpecification,
  createVersion,
  listProducts,
  updateSpecification,
} from '../domain/products/index.ts';
import { createProductInPortals, putPublication } from '../domain/publications/index.ts';
import { installationHosts } from '../http/hosts.ts';
import { type DemoDocument, type DemoManifest, demoManifestSchema } from './demo-manifest.ts';
import { type DemoLogIn, seedAdministrator, seedDeveloper } from './seed-people.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../data/seed');

/** Ids by the keys of the manifest. */
interface Keys {
  readonly portals: Map<string, PortalId>;
  readonly strategies: Map<string, AuthStrategyId>;
  /** by `<product>/<version>` */
  readonly versions: Map<string, VersionId>;
}

/** How to log in to what was filled: shown once. */
export interface DemoLogIns {
  readonly administrator: DemoLogIn;
  readonly developer: DemoLogIn & { readonly portal: Portal };
}

type Product = DemoManifest['products'][number];

/**
 * Fills an installation with the demo content, in its default region. Does nothing when there is a product or a portal already.
 * @returns how to log in, when it was filled
 */
export const seedDemo = async (installation: Installation): Promise<DemoLogIns | undefined> => {
  const { config } = installation;
  const ctx = installation.regionContext(config.defaultRegion, SYSTEM);
  if (!ctx || !(await isEmpty(ctx))) return undefined;
  const manifest = demoManifestSchema.parse(parse(await readFile(path.join(FOLDER, 'demo.yaml'), 'utf8')));
  const hosts: HostSettings = { portalDomain: config.portalDomain, reservedHosts: installationHosts(config.baseUrl).reserved };
  const keys: Keys = {
    strategies: await seedStrategies(ctx, manifest),
    portals: await seedPortals(ctx, manifest, hosts),
    versions: new Map(),
  };
  for (const product of manifest.products) await seedProduct(ctx, product, keys);
  const developers = await seedDevelopers(ctx, manifest, keys);
  const administrator = await seedAdministrator(installation.organisation, manifest.administrator);
  const [developer] = developers;
  return developer && { administrator, developer };
};

const seedDevelopers = async (ctx: ContextWithPorts, { developers }: DemoManifest, keys: Keys) => {
  const logIns: (DemoLogIn & { readonly portal: Portal })[] = [];
  for (const developer of developers) {
    const portal = await getPortal(ctx, idOf(keys.portals, developer.portal));
    const logIn = await seedDeveloper(ctx, portal, developer, (name) => idOf(keys.versions, name));
    logIns.push({ ...logIn, portal });
  }
  return logIns;
};

const isEmpty = async (ctx: ContextWithPorts): Promise<boolean> => {
  const none = { filters: [], sort: [], page: { number: 1, size: 1 } };
  const products = await listProducts(ctx, { ...none, labels: [], publicLabels: [] });
  const portals = await listPortals(ctx, none);
  return products.total === 0 && portals.total === 0;
};

const seedStrategies = async (ctx: ContextWithPorts, manifest: DemoManifest): Promise<Keys['strategies']> => {
  const { items } = await listAuthStrategies(ctx, { filters: [], sort: [], page: { number: 1, size: 100 } });
  const strategies = new Map(items.map(({ name, id }) => [name, id]));
  for (const { key, name, display_name, configs } of manifest.auth_strategies) {
    const { issuer, credential_claim, scopes, auth_methods } = configs['openid-connect'];
    const strategy = await createAuthStrategy(ctx, {
      name,
      displayName: display_name,
      config: {
        type: 'openid_connect',
        issuer,
        credentialClaims: credential_claim,
        scopes,
        authMethods: auth_methods,
        further: {},
      },
    });
    strategies.set(key, strategy.id);
  }
  return strategies;
};

const seedPortals = async (ctx: ContextWithPorts, manifest: DemoManifest, hosts: HostSettings): Promise<Keys['portals']> => {
  const portals = new Map<string, PortalId>();
  const defaultFirst = [...manifest.portals].sort((a, b) => Number(b.default) - Number(a.default));
  for (const { key, name, display_name, description, is_public, appearance } of defaultFirst) {
    const portal = await createPortal(ctx, { name, displayName: display_name, description, isPublic: is_public }, hosts);
    const { images = {}, ...look } = appearance;
    const uploaded = await Promise.all(
      Object.entries(images).map(async ([kind, image]) => [
        kind,
        image && { data: await dataUrl(image.file), filename: path.basename(image.file) },
      ]),
    );
    await updateAppearance(ctx, portal.id, { ...(look as AppearanceChanges), images: Object.fromEntries(uploaded) });
    portals.set(key, portal.id);
  }
  return portals;
};

const dataUrl = async (file: string): Promise<string> =>
  `data:image/${path.extname(file).slice(1)};base64,${(await readFile(path.join(FOLDER, file))).toString('base64')}`;

const seedProduct = async (ctx: ContextWithPorts, product: Product, keys: Keys): Promise<void> => {
  const { id } = await createProductInPortals(ctx, {
    name: product.name,
    description: product.description,
    labels: product.labels,
    publicLabels: product.public_labels,
    portalIds: product.portals.map((key) => idOf(keys.portals, key)),
  });
  await seedDocuments(ctx, id, product.documents, null);
  for (const version of product.versions)
    keys.versions.set(`${product.name}/${version.name}`, await seedVersion(ctx, id, version, keys));
};

const seedDocuments = async (
  ctx: ContextWithPorts,
  productId: ProductId,
  documents: readonly DemoDocument[],
  parentId: DocumentId | null,
): Promise<void> => {
  for (const { slug, title, status, file, children } of documents) {
    const content = await readFile(path.join(FOLDER, file), 'utf8');
    const document = await createDocument(ctx, productId, { parentId, slug, title, status, content });
    await seedDocuments(ctx, productId, children ?? [], document.id);
  }
};

const seedVersion = async (
  ctx: ContextWithPorts,
  productId: ProductId,
  version: Product['versions'][number],
  keys: Keys,
): Promise<VersionId> => {
  const { id: versionId } = await createVersion(ctx, productId, { name: version.name });
  const { specification: file, earlier_specification: earlier = file } = version;
  const name = path.basename(file ?? '');
  const specification =
    earlier === undefined
      ? undefined
      : await createSpecification(ctx, { productId, versionId }, { name, bytes: await readFile(path.join(FOLDER, earlier)) });
  for (const publication of version.publications)
    await putPublication(
      ctx,
      { portalId: idOf(keys.portals, publication.portal), versionId },
      {
        publishStatus: publication.publish_status,
        deprecated: publication.deprecated,
        applicationRegistrationEnabled: publication.application_registration_enabled,
        autoApproveRegistration: publication.auto_approve_registration,
        authStrategyIds: publication.auth_strategies.map((key) => idOf(keys.strategies, key)),
      },
    );
  // Replaced once it is published, so that developers see what changed.
  if (specification && file !== undefined && file !== earlier)
    await updateSpecification(
      ctx,
      { productId, versionId, specificationId: specification.id },
      { bytes: await readFile(path.join(FOLDER, file)) },
    );
  return versionId;
};

const idOf = <T>(ids: ReadonlyMap<string, T>, key: string): T => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demo content names ${key}, which it does not define`);
  return id;
};
