import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Connection } from '../../../src/database/connect.ts';
import { updateAppearanceSchema } from '../../../src/faces/management-api/appearance/schemas.ts';
import * as audit from '../../../src/faces/management-api/audit/schemas.ts';
import {
  createOpenidConnectSchema,
  updateAuthStrategySchema,
} from '../../../src/faces/management-api/auth-strategies/schemas.ts';
import * as gateways from '../../../src/faces/management-api/control-planes/schemas.ts';
import * as developers from '../../../src/faces/management-api/developers/schemas.ts';
import { createDocumentSchema, updateDocumentSchema } from '../../../src/faces/management-api/documents/schemas.ts';
import { createPortalSchema, updatePortalSchema } from '../../../src/faces/management-api/portals/schemas.ts';
import { createProductSchema, updateProductSchema } from '../../../src/faces/management-api/products/schemas.ts';
import * as publications from '../../../src/faces/management-api/publications/schemas.ts';
import { updateRegistrationSchema } from '../../../src/faces/management-api/registrations/schemas.ts';
import {
  createSpecificationSchema,
  updateSpecificationSchema,
} from '../../../src/faces/management-api/specifications/schemas.ts';
import * as teams from '../../../src/faces/management-api/teams/schemas.ts';
import { createVersionSchema, updateVersionSchema } from '../../../src/faces/management-api/versions/schemas.ts';
import type { Answer } from '../../support/app.ts';
import { freshDatabase } from '../../support/database.ts';
import { FULL_BODIES } from './bodies.ts';
import { base64, type Installation, SPECIFICATION, startInstallation } from './installation.ts';
import { bodyWith, isText, type Path, placesOf, type Schema, schemaOf } from './limits.ts';

const SERVICES = '/control-planes/:id/core-entities/services';
const ROUTES = '/control-planes/:id/core-entities/routes';
const VERSIONS = '/api-products/:productId/product-versions';
const DOCUMENTS = '/api-products/:productId/documents';
const STRATEGIES = '/application-auth-strategies';
const PUBLICATIONS = '/portals/:portalId/product-versions';

/** What the body of each route is read with. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'post /api-products': createProductSchema,
  'patch /api-products/:productId': updateProductSchema,
  [`post ${VERSIONS}`]: createVersionSchema,
  [`patch ${VERSIONS}/:versionId`]: updateVersionSchema,
  [`post ${DOCUMENTS}`]: createDocumentSchema,
  [`patch ${DOCUMENTS}/:documentId`]: updateDocumentSchema,
  [`post ${VERSIONS}/:versionId/specifications`]: createSpecificationSchema,
  [`patch ${VERSIONS}/:versionId/specifications/:specificationId`]: updateSpecificationSchema,
  'post /control-planes': gateways.createControlPlaneSchema,
  'patch /control-planes/:id': gateways.updateControlPlaneSchema,
  [`post ${SERVICES}`]: gateways.serviceSchema,
  [`put ${SERVICES}/:service`]: gateways.serviceSchema,
  [`patch ${SERVICES}/:service`]: gateways.serviceSchema,
  [`post ${ROUTES}`]: gateways.routeSchema,
  [`put ${ROUTES}/:route`]: gateways.routeSchema,
  [`patch ${ROUTES}/:route`]: gateways.routeSchema,
  [`post ${STRATEGIES}`]: createOpenidConnectSchema,
  [`put ${STRATEGIES}/:authStrategyId`]: createOpenidConnectSchema,
  [`patch ${STRATEGIES}/:authStrategyId`]: updateAuthStrategySchema,
  'patch /portals/:portalId/appearance': updateAppearanceSchema,
  'post /portals': createPortalSchema,
  'patch /portals/:portalId': updatePortalSchema,
  'post /portals/:portalId/publish': publications.publishProductsSchema,
  [`post ${PUBLICATIONS}`]: publications.createPublicationSchema,
  [`patch ${PUBLICATIONS}/:productVersionId`]: publications.updatePublicationSchema,
  [`put ${PUBLICATIONS}/:productVersionId`]: publications.replacePublicationSchema,
  'patch /portals/:portalId/developers/:developerId': developers.updateDeveloperSchema,
  'patch /portals/:portalId/applications/:applicationId/registrations/:registrationId': updateRegistrationSchema,
  'patch /portals/:portalId/authentication-settings': developers.updateAuthenticationSchema,
  'post /portals/:portalId/teams': teams.createTeamSchema,
  'patch /portals/:portalId/teams/:teamId': teams.updateTeamSchema,
  'post /portals/:portalId/teams/:teamId/developers': teams.addDeveloperSchema,
  'post /portals/:portalId/teams/:teamId/assigned-roles': teams.assignRoleSchema,
  'post /audit-log-destinations': audit.createDestinationSchema,
  'patch /audit-log-destinations/:auditLogDestinationId': audit.updateDestinationSchema,
  'patch /audit-log-webhook': audit.updateWebhookSchema,
  'patch /portals/:portalId/audit-log-webhook': audit.updatePortalWebhookSchema,
  'put /audit-log-replay-job': audit.replaySchema,
  'put /portals/:portalId/audit-log-replay-job': audit.replaySchema,
};

/** Texts that have no limit of their own, but that of the body. Labels have limits in their own tests. */
const UNBOUNDED = /^(description|content|labels\.key|public_labels\.key|configs\.openid-connect\.labels\.key)$/;

/** Texts whose other rules allow nothing of exactly their limit, or not here, where the strategy is another one. */
const NEVER_SO_LONG =
  /^(custom_domain|custom_client_domain|custom_theme\.colors\..*\.value|images\..*\.data|oidc_.*|configs\.key-auth\..*)$/;

/** What gateways want beside whatever is sent. */
const COMPANIONS: Readonly<Record<string, object>> = {
  [SERVICES]: { host: 'example.com' },
  [ROUTES]: { hosts: ['example.com'] },
};

let count = 0;
/** A text of this many characters, no two of them alike. */
const filled = (length: number, before = '', after = ''): string => {
  const unlike = (count++).toString(36);
  return `${before}${unlike}${'a'.repeat(Math.max(0, length - before.length - unlike.length - after.length))}${after}`;
};

/** Texts as their fields want them, by the end of the field's name. */
const FORMS: readonly [RegExp, (length: number) => string][] = [
  [/^name$/, (length) => filled(length, '', '.json')], // also that of a specification
  [/(^|\.)(issuer|url|endpoint|uris\.0)$/, (length) => filled(length, 'https://id.example.com/')],
  [/^(path|paths\.0)$/, (length) => filled(length, '/')],
  [/^methods\.0$/, (length) => 'A'.repeat(length)],
  [/\.data$/, () => 'data:image/png;base64,AAAA'],
  [/\.value$/, () => '#aabbcc'],
];

const textOf = (path: Path, length: number): string =>
  (FORMS.find(([field]) => field.test(path.join('.')))?.[1] ?? filled)(length);

const texts = Object.entries(SCHEMAS).flatMap(([route, zod]) =>
  placesOf(schemaOf(zod))
    .filter(({ schema }) => isText(schema))
    .map(({ path, schema }) => ({ route, field: path.join('.'), path, limit: schema.maxLength })),
);
const bounded = texts.flatMap(({ limit, ...text }) => (limit === undefined ? [] : [{ ...text, limit }]));
const objects = Object.entries(SCHEMAS).flatMap(([route, zod]) =>
  placesOf(schemaOf(zod))
    .filter(({ schema }) => schema.additionalProperties === false)
    .map(({ path }) => ({ route, path, field: [...path, 'no_such_field'].join('.') })),
);

/** The body that a route takes, with one thing at one place. On SQLite only: what is looked at ends before the database. */
describe('a body', () => {
  let connection: Connection;
  let installation: Installation;

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    installation = await startInstallation(connection);
  });
  afterAll(async () => {
    await installation.app.close();
    await connection.close();
    expect(installation.errors).toEqual([]);
  });

  /** What stands for required texts and ids. */
  const required = (path: Path, { format }: Schema): string => {
    const field = path.join('.');
    if (format === undefined) return field === 'content' ? base64(SPECIFICATION) : textOf(path, 20);
    return installation.address(
      field === 'product_version_id' ? ':versionId' : field === 'gateway_service.id' ? ':service' : ':id',
    );
  };

  const send = (route: string, path: Path, value: unknown): Promise<Answer> => {
    const [method = '', address = ''] = route.split(' ');
    const companions = Object.entries(COMPANIONS).find(([noun]) => address.startsWith(noun))?.[1];
    const body = bodyWith(schemaOf(SCHEMAS[route] as z.ZodType), path, value, required);
    const json = method === 'patch' ? body : { ...companions, ...(body as object) };
    return installation.app.request(method.toUpperCase(), installation.address(`/v2${address}`), { json });
  };

  const issuesAt = ({ status, json }: Answer, field: string): unknown[] =>
    status === 400 ? json.invalid_parameters.filter((issue: { field: string }) => issue.field === field) : [];

  it('is known for every route that takes one', () => {
    expect(Object.keys(SCHEMAS).sort()).toEqual(Object.keys(FULL_BODIES).sort());
    expect(bounded.length).toBeGreaterThan(100);
  });

  it('has no text without a limit but those that are meant to be long', () => {
    expect(texts.filter(({ field, limit }) => limit === undefined && !UNBOUNDED.test(field))).toEqual([]);
  });

  it.each(bounded)('of $route takes $field of $limit characters, and not one more', async ({ route, path, field, limit }) => {
    const long = await send(route, path, textOf(path, limit));
    if (NEVER_SO_LONG.test(field)) expect(long.status, long.text).toBeLessThan(500);
    else expect(route.endsWith('/specifications') ? [201, 409] : [200, 201, 204], long.text).toContain(long.status);
    const longer = await send(route, path, NEVER_SO_LONG.test(field) ? 'a'.repeat(limit + 1) : textOf(path, limit + 1));
    expect([longer.status, issuesAt(longer, field)], longer.text.slice(0, 2_000)).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ rule: 'max_length', maximum: limit })]),
    ]);
  });

  it.each(texts)('of $route takes no number for $field', async ({ route, path, field }) => {
    const answer = await send(route, path, 42);
    expect([answer.status, issuesAt(answer, field)], answer.text).toEqual([
      400,
      [expect.objectContaining({ rule: 'is_string' })],
    ]);
  });

  it.each(objects)('of $route takes no $field', async ({ route, path, field }) => {
    const answer = await send(route, [...path, 'no_such_field'], 1);
    expect([answer.status, issuesAt(answer, field)], answer.text).toEqual([
      400,
      [expect.objectContaining({ rule: 'unknown_property' })],
    ]);
  });
});
