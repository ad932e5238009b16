import { z } from 'zod';
import { type ConfigChanges, type NewAuthStrategy, STRATEGY_TYPES } from '../../../domain/auth-strategies/index.ts';
import { labelChanges, labels, text, uuid } from '../../../http/schemas.ts';

const name = () => text({ min: 1, max: 256 });
const displayName = () => text({ max: 256 });
const words = (max: number, items: number) => z.array(text({ max })).max(items);

/** Where an identity provider is found: an absolute address of the web. */
const issuer = () =>
  text({ max: 256 }).refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), 'issuer must be an http or https URL');

const keyAuth = () =>
  z.strictObject({
    key_names: z
      .array(text({ min: 1, max: 256 }))
      .min(1)
      .max(10)
      .optional(),
  });

/** Settings that we know; others are the gateway's business and kept as they are. */
const openidConnect = () =>
  z.looseObject({
    issuer: issuer(),
    credential_claim: words(128, 10),
    scopes: words(128, 50),
    auth_methods: words(64, 10),
    labels: labels().optional(),
  });

const keyAuthConfig = ({ key_names }: { key_names?: string[] | undefined }) =>
  ({ type: 'key_auth', ...(key_names ? { keyNames: key_names } : {}) }) as const;

const common = { name: name(), display_name: displayName(), labels: labels().optional() };

export const createKeyAuthSchema = z.strictObject({
  ...common,
  strategy_type: z.literal('key_auth'),
  configs: z.strictObject({ 'key-auth': keyAuth() }),
});

export const createOpenidConnectSchema = z.strictObject({
  ...common,
  strategy_type: z.literal('openid_connect'),
  configs: z.strictObject({ 'openid-connect': openidConnect() }),
  dcr_provider_id: uuid().nullish(),
});

/** The body of a create or replace, as the domain takes it. */
export const createAuthStrategySchema = z
  .looseObject({ strategy_type: z.enum(STRATEGY_TYPES) })
  .pipe(z.discriminatedUnion('strategy_type', [createKeyAuthSchema, createOpenidConnectSchema]))
  .transform((body): NewAuthStrategy => {
    const { name, display_name: displayName, labels } = body;
    if (body.strategy_type === 'key_auth') return { name, displayName, labels, config: keyAuthConfig(body.configs['key-auth']) };
    const { issuer, credential_claim, scopes, auth_methods, labels: own, ...further } = body.configs['openid-connect'];
    return {
      name,
      displayName,
      labels,
      dcrProviderId: body.dcr_provider_id,
      config: {
        type: 'openid_connect',
        issuer,
        credentialClaims: credential_claim,
        scopes,
        authMethods: auth_methods,
        ...(own === undefined ? {} : { labels: own }),
        further,
      },
    };
  });

const configChanges = () =>
  z
    .strictObject({ 'key-auth': keyAuth().optional(), 'openid-connect': openidConnect().partial().optional() })
    .transform((configs, context): ConfigChanges => {
      const { 'key-auth': key, 'openid-connect': openid } = configs;
      if (key && !openid) return keyAuthConfig(key);
      if (openid && !key) {
        const { issuer, credential_claim, scopes, auth_methods, labels: own, ...further } = openid;
        return {
          type: 'openid_connect',
          ...(issuer === undefined ? {} : { issuer }),
          ...(credential_claim === undefined ? {} : { credentialClaims: credential_claim }),
          ...(scopes === undefined ? {} : { scopes }),
          ...(auth_methods === undefined ? {} : { authMethods: auth_methods }),
          ...(own === undefined ? {} : { labels: own }),
          further,
        };
      }
      context.addIssue({ code: 'custom', message: 'configs must hold either key-auth or openid-connect' });
      return z.NEVER;
    });

export const updateAuthStrategySchema = z.strictObject({
  name: name().optional(),
  display_name: displayName().optional(),
  labels: labelChanges().optional(),
  dcr_provider_id: uuid().nullish(),
  configs: configChanges().optional(),
});
