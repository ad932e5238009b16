import { z } from 'zod';
import type { AuthStrategy, NewAuthStrategy, StrategyConfig, StrategyType } from '../../../domain/auth-strategies/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';
import { labelLines, labelsField, labelsSpec } from '../labels.ts';
import { linesField, linesOf } from '../lines.ts';

const common = {
  displayName: z.string().trim().min(1, 'Enter a display name').max(256, 'A display name has at most 256 characters'),
  name: z.string().trim().min(1, 'Enter a name').max(256, 'A name has at most 256 characters'),
  labels: labelsField(),
};

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

const keyAuthForm = z
  .object({
    ...common,
    keyNames: linesField({ maxLength: 256, maxLines: 10 }).refine((names) => names.length > 0, 'Enter at least one name'),
  })
  .transform(({ keyNames, ...rest }): NewAuthStrategy => ({ ...rest, config: { type: 'key_auth', keyNames } }));

const openidConnectForm = z
  .object({
    ...common,
    issuer: z
      .string()
      .trim()
      .max(256, 'An issuer has at most 256 characters')
      .refine(isAddress, 'Enter an address such as https://login.example.com'),
    scopes: linesField({ maxLength: 128, maxLines: 50 }),
    credentialClaims: linesField({ maxLength: 128, maxLines: 10 }),
    authMethods: linesField({ maxLength: 64, maxLines: 10 }),
  })
  .transform(
    ({ issuer, scopes, credentialClaims, authMethods, ...rest }): NewAuthStrategy => ({
      ...rest,
      config: { type: 'openid_connect', issuer, scopes, credentialClaims, authMethods, further: {} },
    }),
  );

/** The form of a strategy of this type. */
export const strategyForm = (type: StrategyType) => (type === 'key_auth' ? keyAuthForm : openidConnectForm);

const list = (name: string, label: string, hint: string): FieldSpec => ({
  ...{ name, label, hint: `${hint} One a line.`, type: 'textarea', rows: 3 },
  attributes: { spellcheck: 'false' },
});

const KEY_AUTH: readonly FieldSpec[] = [
  list('keyNames', 'Key names', 'Headers or query parameters in which applications send their key; at most ten.'),
];
const OPENID_CONNECT: readonly FieldSpec[] = [
  { name: 'issuer', label: 'Issuer', type: 'url', required: true, hint: 'Where the identity provider is found.' },
  list('credentialClaims', 'Credential claims', 'Claims of a token that name the application, such as client_id.'),
  list('scopes', 'Scopes', 'Such as openid.'),
  list('authMethods', 'Auth methods', 'How tokens are shown to the gateway, such as bearer or client_credentials.'),
];

export const strategyFields = (type: StrategyType): readonly FieldSpec[] => [
  { name: 'displayName', label: 'Display name', required: true, hint: 'What developers read.', autocomplete: 'off' },
  { name: 'name', label: 'Name', required: true, hint: 'For administrators; unique in the region.', autocomplete: 'off' },
  ...(type === 'key_auth' ? KEY_AUTH : OPENID_CONNECT),
  labelsSpec({ name: 'labels', label: 'Labels', hint: 'One a line, such as team: payments.' }),
];

/** What a new strategy begins with. */
export const INITIAL: Record<StrategyType, object> = {
  key_auth: { keyNames: 'apikey' },
  openid_connect: { credentialClaims: 'client_id', scopes: 'openid', authMethods: 'bearer' },
};

const configValues = (config: StrategyConfig) =>
  config.type === 'key_auth'
    ? { keyNames: linesOf(config.keyNames) }
    : {
        issuer: config.issuer,
        scopes: linesOf(config.scopes),
        credentialClaims: linesOf(config.credentialClaims),
        authMethods: linesOf(config.authMethods),
      };

/** A strategy as the form shows it. */
export const strategyValues = ({ name, displayName, labels, config }: AuthStrategy) => ({
  ...{ name, displayName, labels: labelLines(labels) },
  ...configValues(config),
});
