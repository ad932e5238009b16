import { createAdministratorLink } from '../administrators/index.ts';
import type { OrganisationContext } from '../context.ts';
import type { RecordedEvent } from '../events/index.ts';
import type { AdministratorId } from '../ids.ts';
import { adminPaths } from './addresses.ts';
import type { Letter } from './developer-letters.ts';

interface Administrator {
  readonly id: AdministratorId;
  readonly name: string;
  readonly email: string;
}

/** A letter to an administrator. */
export interface AdministratorLetter extends Letter {
  readonly to: Administrator;
}

type Words = Omit<Letter, 'to' | 'developerId'>;
type Author = (ctx: OrganisationContext, event: RecordedEvent) => Promise<readonly AdministratorLetter[]>;

const findAdministrator = async ({ db }: OrganisationContext, id: unknown): Promise<Administrator | undefined> => {
  if (typeof id !== 'string') return undefined;
  const row = await db
    .selectFrom('administrators')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .where('status', '<>', 'deactivated')
    .executeTakeFirst();
  return row && { ...row, id: row.id as AdministratorId };
};

/** A letter to the administrator whom an event is about; none when they are gone. */
const toAdministrator =
  (
    idOf: (event: RecordedEvent) => unknown,
    write: (ctx: OrganisationContext, event: RecordedEvent, to: Administrator) => Promise<Words> | Words,
  ): Author =>
  async (ctx, event) => {
    const to = await findAdministrator(ctx, idOf(event));
    return to ? [{ ...(await write(ctx, event, to)), to }] : [];
  };

const subject = ({ subjectId }: RecordedEvent): unknown => subjectId;

const withLink = (template: string, purpose: 'invitation' | 'password'): Author =>
  toAdministrator(subject, async (ctx, _event, { id }) => ({
    template,
    model: { link: adminPaths.password(await createAdministratorLink(ctx, { purpose, administratorId: id })) },
  }));

const findUserAgent = async ({ db }: OrganisationContext, sessionId: string): Promise<string | undefined> => {
  const row = await db.selectFrom('administrator_sessions').select('user_agent').where('id', '=', sessionId).executeTakeFirst();
  return row?.user_agent ?? undefined;
};

/** What is written to administrators about their being one, by what happened. */
export const ADMINISTRATOR_AUTHORS: Readonly<Record<string, Author>> = {
  'administrator.invited': withLink('administrator-invited', 'invitation'),
  'administrator.password-forgotten': withLink('administrator-reset', 'password'),
  'administrator.password-changed': toAdministrator(subject, (_ctx, { at }) => ({
    template: 'administrator-password-changed',
    model: { at, link: adminPaths.forgottenPassword },
  })),
  'administrator-session.device-added': toAdministrator(
    ({ details }) => details['administrator_id'],
    async (ctx, { at, address, subjectId }) => ({
      template: 'administrator-device',
      model: {
        at,
        userAgent: (await findUserAgent(ctx, subjectId)) ?? '',
        address: address ?? '',
        link: adminPaths.forgottenPassword,
      },
    }),
  ),
};
