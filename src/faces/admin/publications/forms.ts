import { z } from 'zod';
import { type AuthStrategyId, asId, type PortalId, type VersionId } from '../../../domain/ids.ts';
import type { Publication, PublicationSettings } from '../../../domain/publications/index.ts';
import type { FieldSpec } from '../../../http/form-fields.ts';

const box = () => z.literal('on').optional();

const opening = {
  strategy: z
    .string()
    .default('')
    .transform((text) => asId<AuthStrategyId>(text)),
  registration: box(),
  autoApprove: box(),
};

interface Opening {
  readonly strategy: AuthStrategyId | undefined;
  readonly registration?: 'on' | undefined;
}

const needsStrategy = ({ strategy, registration }: Opening): boolean => registration === undefined || strategy !== undefined;
const NEEDED = { path: ['strategy'], message: 'Choose how applications prove themselves: without that they cannot register' };

export const publishForm = z
  .object({
    version: z.string().transform((text, context) => {
      const id = asId<VersionId>(text);
      if (id === undefined) context.addIssue({ code: 'custom', message: 'Choose a version' });
      return id ?? z.NEVER;
    }),
    portals: z
      .union([z.string().transform((id) => [id]), z.array(z.string())])
      .default([])
      .transform((texts) => texts.map((text) => asId<PortalId>(text)).filter((id) => id !== undefined))
      .refine((ids) => ids.length > 0, 'Choose a portal'),
    ...opening,
    notify: box(),
    confirmed: box(),
  })
  .refine(needsStrategy, NEEDED);

export const publicationForm = z
  .object({ published: box(), deprecated: box(), ...opening, consoleProxy: box(), notify: box(), confirmed: box() })
  .refine(needsStrategy, NEEDED);

export type PublishInput = z.output<typeof publishForm>;
export type PublicationInput = z.output<typeof publicationForm>;

/** Names of the forms' fields for those of the domain. */
export const PUBLICATION_NAMES = { auth_strategy_ids: 'strategy' } as const;

/** What somebody may decide about a version in a portal. */
export interface Can {
  readonly publish: boolean;
  readonly open: boolean;
}

/** What the form of a publication says, as far as whoever sent it may say it. */
export const changesOf = (input: PublicationInput, can: Can): Partial<PublicationSettings> => ({
  ...(can.publish
    ? {
        publishStatus: input.published ? ('published' as const) : ('unpublished' as const),
        deprecated: input.deprecated !== undefined,
      }
    : {}),
  ...(can.open
    ? {
        authStrategyIds: input.strategy === undefined ? [] : [input.strategy],
        applicationRegistrationEnabled: input.registration !== undefined,
        autoApproveRegistration: input.autoApprove !== undefined,
        consoleProxy: input.consoleProxy !== undefined,
      }
    : {}),
});

/** A publication as the form shows it. */
export const publicationValues = (publication: Publication | undefined) => ({
  published: publication?.publishStatus === 'published',
  deprecated: publication?.deprecated ?? false,
  strategy: publication?.authStrategies[0]?.id ?? '',
  registration: publication?.applicationRegistrationEnabled ?? false,
  autoApprove: publication?.autoApproveRegistration ?? false,
  consoleProxy: publication?.consoleProxy ?? false,
});

type Options = NonNullable<FieldSpec['options']>;

/** What is asked about applications. */
export const openingFields = (strategies: Options): readonly FieldSpec[] => [
  {
    ...{ name: 'strategy', label: 'Authentication', type: 'select' },
    hint: 'How applications prove themselves to the gateway.',
    options: [{ value: '', text: 'Not required' }, ...strategies],
  },
  {
    ...{ name: 'registration', label: 'Accept registrations', type: 'checkbox', value: 'on' },
    hint: 'Developers register their applications for this version.',
  },
  {
    ...{ name: 'autoApprove', label: 'Approve them automatically', type: 'checkbox', value: 'on' },
    hint: 'Otherwise each waits under Requests until somebody decides.',
  },
];

/** Whether "try it" reaches the API from here; where it does not, browsers do, as far as the API lets them. */
export const CONSOLE_PROXY: FieldSpec = {
  ...{ name: 'consoleProxy', label: 'Send requests of the console by way of this server', type: 'checkbox', value: 'on' },
  hint: 'For APIs that browsers may not call (CORS), and without JavaScript. It reaches the servers that the specification names, and no others.',
};

export const NOTIFY: FieldSpec = {
  ...{ name: 'notify', label: 'Tell developers by mail', type: 'checkbox', value: 'on' },
  hint: 'Those whose applications are registered.',
};

export const STATE_FIELDS: readonly FieldSpec[] = [
  { name: 'published', label: 'Published', type: 'checkbox', value: 'on', hint: 'Developers of this portal see the version.' },
  { name: 'deprecated', label: 'Deprecated', type: 'checkbox', value: 'on', hint: 'It shows with a notice, and stays usable.' },
];
