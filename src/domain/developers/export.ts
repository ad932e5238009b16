import type { Context } from '../context.ts';
import { listSessions } from '../sessions/index.ts';
import { getAccount } from './account.ts';
import type { DeveloperAddress } from './developer.ts';

/** What there is of a developer, as it leaves: everything but secrets. */
export const exportAccount = async (ctx: Context, address: DeveloperAddress) => {
  const { developerId } = address;
  const { id, email, fullName, status, statusReason, emailVerifiedAt, createdAt, updatedAt } = await getAccount(ctx, address);
  return {
    exported_at: ctx.now().toISOString(),
    developer: {
      id,
      email,
      full_name: fullName,
      status,
      status_reason: statusReason,
      email_verified_at: emailVerifiedAt,
      created_at: createdAt,
      updated_at: updatedAt,
    },
    sessions: (await listSessions(ctx, address)).map((session) => ({
      user_agent: session.userAgent,
      address: session.address,
      created_at: session.createdAt,
      last_used_at: session.lastUsedAt,
    })),
    teams: await ctx.db
      .selectFrom('developer_team_members')
      .innerJoin('developer_teams', 'developer_teams.id', 'developer_team_members.team_id')
      .select(['developer_teams.name', 'developer_team_members.created_at as since'])
      .where('developer_team_members.developer_id', '=', developerId)
      .orderBy('developer_teams.name_key')
      .execute(),
    applications: await ctx.db
      .selectFrom('applications')
      .select(['id', 'name', 'description', 'reference_id', 'redirect_uri', 'created_at', 'updated_at'])
      .where('developer_id', '=', developerId)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    registrations: await ctx.db
      .selectFrom('registrations')
      .innerJoin('products', 'products.id', 'registrations.product_id')
      .innerJoin('product_versions', 'product_versions.id', 'registrations.version_id')
      .select([
        'registrations.application_id',
        'products.name as product',
        'product_versions.name as version',
        'registrations.status',
        'registrations.status_reason',
        'registrations.created_at',
        'registrations.updated_at',
      ])
      .where('registrations.developer_id', '=', developerId)
      .orderBy('registrations.created_at')
      .orderBy('registrations.id')
      .execute(),
    credentials: await ctx.db
      .selectFrom('credentials')
      .innerJoin('applications', 'applications.id', 'credentials.application_id')
      .select([
        'credentials.application_id',
        'credentials.name',
        'credentials.prefix',
        'credentials.created_at',
        'credentials.last_used_at',
        'credentials.expires_at',
      ])
      .where('applications.developer_id', '=', developerId)
      .orderBy('credentials.created_at')
      .orderBy('credentials.id')
      .execute(),
    events: await ctx.db
      .selectFrom('audit_events')
      .select(['at', 'action', 'address'])
      .where(({ eb, and, or }) =>
        or([
          and([eb('actor_kind', '=', 'developer'), eb('actor_id', '=', developerId)]),
          and([eb('subject_type', '=', 'developer'), eb('subject_id', '=', developerId)]),
        ]),
      )
      .orderBy('at')
      .orderBy('id')
      .execute(),
  };
};
