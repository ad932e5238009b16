import { z } from 'zod';
import type { Application } from '../../../domain/applications/index.ts';
import type { StrategySummary } from '../../../domain/auth-strategies/index.ts';
import { type ApplicationId, type AuthStrategyId, asId } from '../../../domain/ids.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';

const MAX = 255;
const upTo = (what: string) => z.string().trim().max(MAX, `${what} has at most ${MAX} characters`);

const settings = {
  name: upTo('A name').min(1, 'Enter a name'),
  description: upTo('A description').default(''),
  redirectUri: z.string().trim().max(2048, 'This address is too long').default(''),
  referenceId: upTo('A client ID').default(''),
};

export const updateForm = z.object(settings);

const id = <T extends string>(message: string) =>
  z
    .string()
    .optional()
    .transform((text, context) => {
      const found = text === undefined || text === '' ? undefined : asId<never>(text);
      if (text && found === undefined) context.addIssue({ code: 'custom', message });
      return found as T | undefined;
    });

export const createForm = z.object({ ...settings, authStrategyId: id<AuthStrategyId>('Choose one of these') });

/** What the choice of an application says for one that is yet to be made. */
export const NEW = 'new';

/** An application that is there, to be registered. */
export const chooseForm = z.object({
  application: z
    .string()
    .transform((text) => asId<ApplicationId>(text))
    .refine((id) => id !== undefined, 'Choose one of these')
    .transform((id) => id as ApplicationId),
});

export const keyForm = z.object({ name: upTo('A name').default('') });
export const renameForm = z.object({ name: upTo('A name').min(1, 'Enter a name') });
export const rotateForm = z.object({ overlapHours: z.coerce.number('Choose one of these').int().min(0) });

/** Names of the forms' fields for those of the domain. */
export const NAMES = {
  auth_strategy_id: 'authStrategyId',
  reference_id: 'referenceId',
  redirect_uri: 'redirectUri',
  overlap_hours: 'overlapHours',
  product_version_id: 'form',
} as const;

const NAME: FieldSpec = {
  name: 'name',
  label: 'Name',
  required: true,
  autocomplete: 'off',
  hint: 'What it does or where it runs, such as “Web shop”. Whoever approves it reads this.',
};

const DESCRIPTION: FieldSpec = { name: 'description', label: 'Description', type: 'textarea', rows: 3, optional: true };

const CLIENT_ID: FieldSpec = {
  name: 'referenceId',
  label: 'Client ID',
  required: true,
  autocomplete: 'off',
  hint: 'What the identity provider knows the application by.',
};

const REDIRECT: FieldSpec = {
  name: 'redirectUri',
  label: 'Redirect address',
  type: 'url',
  optional: true,
  hint: 'Where people come back to after they have logged in.',
};

const isKeyed = (strategy: StrategySummary | undefined): boolean => strategy?.config.type !== 'openid_connect';

/** What is asked about an application that proves itself in a known way. */
export const settingsFields = (strategy: StrategySummary | undefined): FieldSpec[] =>
  isKeyed(strategy) ? [NAME, DESCRIPTION] : [NAME, DESCRIPTION, CLIENT_ID, REDIRECT];

const wayOf = ({ displayName, config }: StrategySummary): string =>
  config.type === 'key_auth' ? `${displayName} (shows an API key)` : `${displayName} (shows a token of an identity provider)`;

/** The ways of an identity provider, and what is asked only for those: the stylesheet shows it while one of them is chosen. */
const WITH_TOKENS = 'tokens';

/** What is asked about a new application: also the way, where there are several. */
export const newFields = (strategies: readonly StrategySummary[], defaultId: string | null): FieldSpec[] => {
  const [only, ...others] = strategies;
  if (others.length === 0) return settingsFields(only);
  const sorted = [...strategies].sort((a, b) => Number(b.id === defaultId) - Number(a.id === defaultId));
  const way: FieldSpec = {
    name: 'authStrategyId',
    label: 'How it proves itself',
    type: 'select',
    hint: 'It can be registered for APIs that ask for the same, and keeps it for good.',
    options: sorted.map((strategy) => ({
      ...{ value: strategy.id, text: wayOf(strategy) },
      ...(isKeyed(strategy) ? {} : { group: WITH_TOKENS }),
    })),
  };
  const ofTokens = strategies.some((strategy) => !isKeyed(strategy)) ? [CLIENT_ID, REDIRECT] : [];
  return [NAME, DESCRIPTION, way, ...ofTokens.map(({ required: _, ...field }) => ({ ...field, group: WITH_TOKENS }))];
};

/** An application as the form shows it. */
export const settingsValues = ({ name, description, redirectUri, referenceId }: Application) => ({
  name,
  description: description ?? '',
  redirectUri: redirectUri ?? '',
  referenceId,
});
