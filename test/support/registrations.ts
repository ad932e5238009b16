import { type Actor, type Grant, ORGANISATION_ADMIN } from '../../src/domain/access/index.ts';
import { createApplication, type OwnApplication } from '../../src/domain/applications/index.ts';
import { createAuthStrategy } from '../../src/domain/auth-strategies/index.ts';
import type { Context } from '../../src/domain/context.ts';
import { type AdministratorId, newId, type RegistrationId } from '../../src/domain/ids.ts';
import { createPortal, type NewPortal } from '../../src/domain/portals/index.ts';
import { createVersion } from '../../src/domain/products/index.ts';
import { createProductInPortals, type PublicationSettings, putPublication } from '../../src/domain/publications/index.ts';
import { registerApplication } from '../../src/domain/registrations/index.ts';
import { START } from './context.ts';
import { givenDeveloper } from './developers.ts';

const HOSTS = { portalDomain: 'portals.example.com', reservedHosts: [] };

/** An administrator with these roles; with all of them unless told otherwise. */
export const administrator = (grants: readonly Grant[] = [ORGANISATION_ADMIN], id = newId<AdministratorId>(START)): Actor => ({
  kind: 'administrator',
  id,
  tokenId: undefined,
  grants,
});

/** A private portal with one product, `Orders`, whose version `v1` takes registrations of applications that show API keys. */
export const registrationScene = async (ctx: Context, portalInput: Partial<NewPortal> = {}) => {
  const strategy = await createAuthStrategy(ctx, { name: 'Keys', displayName: 'API key', config: { type: 'key_auth' } });
  const portal = await createPortal(ctx, { name: 'Partners', ...portalInput }, HOSTS);
  const product = await createProductInPortals(ctx, { name: 'Orders', portalIds: [portal.id] });
  const settings: PublicationSettings = {
    publishStatus: 'published',
    deprecated: false,
    applicationRegistrationEnabled: true,
    autoApproveRegistration: false,
    authStrategyIds: [strategy.id],
  };
  const addVersion = async (name: string, changes: Partial<PublicationSettings> = {}, productId = product.id) => {
    const added = await createVersion(ctx, productId, { name });
    await putPublication(ctx, { portalId: portal.id, versionId: added.id }, { ...settings, ...changes });
    return added;
  };
  const version = await addVersion('v1');
  const developerId = await givenDeveloper(ctx, portal.id);
  const owner = { portal, developerId };
  return {
    portal,
    product,
    strategy,
    version,
    settings,
    addVersion,
    /** publishes `v1` anew */
    putSettings: (changed: PublicationSettings) => putPublication(ctx, { portalId: portal.id, versionId: version.id }, changed),
    developerId,
    owner,
    /** an application of the developer's */
    addApplication: async (name = 'Shop'): Promise<OwnApplication> => {
      const { id } = await createApplication(ctx, owner, { name });
      return { ...owner, applicationId: id };
    },
    /** a request for `v1` that waits */
    addRegistration: async (name = 'Shop'): Promise<RegistrationId> => {
      const { id } = await createApplication(ctx, owner, { name });
      return (await registerApplication(ctx, { ...owner, applicationId: id }, version.id)).id;
    },
  };
};
