import { ApplicationsApi, Configuration, CredentialsApi, RegistrationsApi, VersionsApi } from '@kong/sdk-portal-js';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { onEachDatabase } from '../../support/database.ts';
import { addDeveloper, signIn } from '../../support/developers.ts';
import { registrationScene } from '../../support/registrations.ts';

onEachDatabase('the public client library', (open) => {
  let app: TestApp;
  afterEach(() => app.close());

  it('creates an application, registers it, and makes keys', async () => {
    app = await startApp(await open());
    const { portal, product, version } = await registrationScene(app.ctx);
    await addDeveloper(app.ctx, portal);
    const { cookie } = await signIn(app.ctx, portal);
    const configuration = new Configuration({
      basePath: `http://127.0.0.1:${app.port}`,
      baseOptions: { headers: { Cookie: cookie, Host: portal.defaultDomain } },
    });
    const applications = new ApplicationsApi(configuration);
    const registrations = new RegistrationsApi(configuration);
    const credentials = new CredentialsApi(configuration);

    const strategies = (await applications.listApplicationAuthStrategies()).data.data;
    expect(strategies).toMatchObject([{ name: 'API key', credential_type: 'key_auth' }]);
    const shop = (await applications.createApplication({ createApplicationPayload: { name: 'Shop' } })).data;
    const applicationId = shop.id;
    expect((await applications.listApplications({ filterNameContains: 'sho' })).data.data).toMatchObject([{ id: applicationId }]);
    const changed = await applications.updateApplication({ applicationId, updateApplicationPayload: { description: 'Sells' } });
    expect(changed.data.description).toBe('Sells');
    expect((await applications.getApplication({ applicationId })).data).toMatchObject({ name: 'Shop', description: 'Sells' });

    const registered = await registrations.createApplicationRegistration({
      applicationId,
      createRegistrationPayload: { product_version_id: version.id },
    });
    expect(registered.data.status).toBe('pending');
    const registrationId = registered.data.id;
    expect((await registrations.listApplicationRegistrations({ applicationId, filterStatus: 'pending' })).data.data).toHaveLength(
      1,
    );
    expect((await registrations.getApplicationRegistration({ applicationId, registrationId })).data.product_name).toBe('Orders');
    const ofVersion = { productId: product.id, productVersionId: version.id };
    const versions = new VersionsApi(configuration);
    expect((await versions.getApplicationsByProductVersion({ ...ofVersion, unregistered: false })).data.data).toHaveLength(1);
    expect((await versions.getApplicationsByProductVersion({ ...ofVersion, unregistered: true })).data.data).toEqual([]);

    const key = await credentials.createCredential({ applicationId, createCredentialPayload: { display_name: 'Server' } });
    expect(key.data.credential).toMatch(/^portico_/);
    const credentialId = key.data.id;
    await credentials.updateCredential({ applicationId, credentialId, updateCredentialPayload: { display_name: 'Worker' } });
    expect((await credentials.listCredentials({ applicationId })).data.data).toEqual([
      { id: credentialId, display_name: 'Worker' },
    ]);
    expect((await credentials.deleteCredential({ applicationId, credentialId })).status).toBe(204);
    expect((await registrations.deleteApplicationRegistration({ applicationId, registrationId })).status).toBe(204);
    expect((await applications.deleteApplication({ applicationId })).status).toBe(204);
  });
});
