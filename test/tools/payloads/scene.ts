import type { Installation } from '../../../src/compose.ts';
import { SYSTEM } from '../../../src/domain/access/index.ts';
import { createAdministratorTeam } from '../../../src/domain/administrator-teams/index.ts';
import { createOrganisationAdmin } from '../../../src/domain/administrators/index.ts';
import { createApplication } from '../../../src/domain/applications/index.ts';
import { createAuditDestination } from '../../../src/domain/audit/index.ts';
import { type AuthStrategy, createAuthStrategy } from '../../../src/domain/auth-strategies/index.ts';
import type { ContextWithPorts } from '../../../src/domain/context.ts';
import { createCredential } from '../../../src/domain/credentials/index.ts';
import { setDeveloperStatus } from '../../../src/domain/developers/index.ts';
import { createControlPlane, createGatewayService } from '../../../src/domain/gateways/index.ts';
import type { VersionId } from '../../../src/domain/ids.ts';
import { createPortal, type Portal, updateAppearance } from '../../../src/domain/portals/index.ts';
import {
  addImage,
  createDocument,
  createProduct,
  createSpecification,
  createVersion,
} from '../../../src/domain/products/index.ts';
import { createPublication, publishProducts } from '../../../src/domain/publications/index.ts';
import { decideRegistration, registerApplication } from '../../../src/domain/registrations/index.ts';
import { createSystemAccount } from '../../../src/domain/system-accounts/index.ts';
import { createTeam } from '../../../src/domain/teams/index.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { png } from '../../support/images.ts';

/** What an installation is to be filled with. */
export interface Material {
  /** Markdown, each to be a document of its own */
  readonly documents: readonly string[];
  readonly names: readonly string[];
  /** OpenAPI documents, each of a version of its own */
  readonly specifications: readonly object[];
}

/** An installation full of payloads. */
export interface Scene {
  readonly open: Portal;
  readonly closed: Portal;
  /** what the browser of a developer sends to the private portal */
  readonly developerToken: string;
}

export const PASSWORD = 'four harbours in the fog';
export const ADMINISTRATOR = 'ada@example.org';

const SETTINGS = { portalDomain: 'localhost', reservedHosts: ['localhost'] };

/** No image, but what a browser that guesses would take for a page. */
const LOGO = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="canary()"><script>canary()</script></svg>').toString(
  'base64',
);

const emailOf = (at: number): string => `"<img/src=x/onerror=canary()>${at}"@example.com`;

/** The names one after the other, for ever. */
const naming = (names: readonly string[]): (() => string) => {
  let at = 0;
  return () => names[at++ % names.length] ?? '';
};

const addPortal = async (
  ctx: ContextWithPorts,
  name: string,
  isPublic: boolean,
  next: () => string,
  strategy: AuthStrategy,
): Promise<Portal> => {
  const shown = { displayName: next(), description: next(), defaultAuthStrategyId: strategy.id };
  const portal = await createPortal(ctx, { name, isPublic, ...shown, autoApproveDevelopers: true }, SETTINGS);
  await updateAppearance(ctx, portal.id, {
    text: { catalog: { welcome_message: next(), primary_header: next() } },
    images: { logo: { data: `data:image/png;base64,${LOGO}`, filename: next() } },
  });
  return portal;
};

const addProducts = async (
  ctx: ContextWithPorts,
  { documents, names, specifications }: Material,
  portals: readonly Portal[],
  strategy: AuthStrategy,
): Promise<VersionId[]> => {
  const next = naming(names);
  const versions: VersionId[] = [];
  const publish = async (versionId: VersionId): Promise<void> => {
    versions.push(versionId);
    for (const { id: portalId, isPublic } of portals)
      await createPublication(
        ctx,
        { portalId, versionId },
        {
          ...{ publishStatus: 'published', deprecated: versions.length % 2 === 0, autoApproveRegistration: false },
          ...{ applicationRegistrationEnabled: !isPublic, authStrategyIds: isPublic ? [] : [strategy.id] },
        },
      );
  };
  for (const [at, name] of names.entries()) {
    const product = await createProduct(ctx, { name, description: next(), publicLabels: { label: 'canary' } });
    for (const portal of portals) await publishProducts(ctx, portal.id, { [product.id]: 'published' });
    if (at > 0) {
      await publish((await createVersion(ctx, product.id, { name: next() })).id);
      continue;
    }
    for (const specification of specifications) {
      const version = await createVersion(ctx, product.id, { name: `${versions.length} ${next()}` });
      const bytes = Buffer.from(JSON.stringify(specification));
      await createSpecification(ctx, { productId: product.id, versionId: version.id }, { name: `${next()}.json`, bytes });
      await publish(version.id);
    }
    for (const [number, content] of documents.entries())
      await createDocument(ctx, product.id, { slug: `document-${number}`, title: next(), status: 'published', content });
    await addImage(ctx, product.id, { name: `${next()}.png`, bytes: png() });
  }
  return versions;
};

const addPeople = async (
  ctx: ContextWithPorts,
  names: readonly string[],
  portal: Portal,
  versions: readonly VersionId[],
): Promise<void> => {
  const next = naming(names);
  await createTeam(ctx, portal.id, { name: next(), description: next() });
  for (const [at, fullName] of names.entries()) {
    const developer = await addDeveloper(ctx, portal, { email: emailOf(at), fullName });
    const actor = { kind: 'developer', id: developer.id, portalId: portal.id } as const;
    const own = { ...ctx, actor };
    const owner = { portal, developerId: developer.id };
    const { id: applicationId } = await createApplication(own, owner, { name: next(), description: next() });
    await createCredential(own, { ...owner, applicationId }, next());
    for (const version of versions.slice(0, 3)) {
      const registration = await registerApplication(own, { ...owner, applicationId }, version);
      const ref = { portalId: portal.id, registrationId: registration.id };
      if (at % 2 === 0) await decideRegistration(ctx, ref, { status: 'rejected', reason: next() });
    }
    if (at > 4)
      await setDeveloperStatus(ctx, { portalId: portal.id, developerId: developer.id }, { status: 'revoked', reason: next() });
  }
};

const addBackstage = async ({ organisation }: Installation, ctx: ContextWithPorts, names: readonly string[]): Promise<void> => {
  const next = naming(names);
  await createOrganisationAdmin(organisation, { email: ADMINISTRATOR, name: next(), password: PASSWORD });
  await createSystemAccount(organisation, { name: next(), description: next() });
  await createAdministratorTeam(organisation, { name: next(), description: next() });
  await createAuditDestination(ctx, {
    name: next(),
    endpoint: 'https://example.com/<script>canary()</script>',
    logFormat: 'json',
  });
  const plane = await createControlPlane(ctx, { name: next(), description: next() });
  await createGatewayService(ctx, plane.id, { name: 'orders', host: 'example.com', path: `/${next()}`, tags: [next()] });
};

/** Fills an installation that is prepared and empty: every text that anybody may choose holds a payload. Diagrams are drawn, mails written. */
export const poison = async (installation: Installation, material: Material): Promise<Scene> => {
  const ctx = installation.regionContext('us', SYSTEM);
  if (!ctx) throw new Error('the region is not served');
  const { names } = material;
  const next = naming(names);
  const strategy = await createAuthStrategy(ctx, {
    ...{ name: next(), displayName: next(), config: { type: 'key_auth', keyNames: ['apikey'] } },
  });
  const open = await addPortal(ctx, 'open', true, next, strategy);
  const closed = await addPortal(ctx, next(), false, next, strategy);
  const versions = await addProducts(ctx, material, [open, closed], strategy);
  await addPeople(ctx, names, closed, versions);
  await addBackstage(installation, ctx, names);
  const { accessToken } = await signIn(ctx, closed, emailOf(0));
  await installation.worker.runDue();
  await installation.references.idle();
  return { open, closed, developerToken: accessToken };
};
