import type { ComposeMail } from '../../rendering/mail/compose-mail.ts';
import type { ThemeSettings } from '../../rendering/theme/index.ts';
import type { Context, Inside, OrganisationContext } from '../context.ts';
import { findEvent, findOrganisationEvent, type RecordedEvent } from '../events/index.ts';
import type { PortalId } from '../ids.ts';
import type { DueJob } from '../outbox/index.ts';
import { findPortal, type Portal } from '../portals/index.ts';
import { listPeopleWhoMay } from '../roles/index.ts';
import { adminPaths, portalOrigin, portalPaths } from './addresses.ts';
import { ADMINISTRATOR_AUTHORS } from './administrator-letters.ts';
import { lettersToApprovers, powersToDecide } from './approver-letters.ts';
import { DEVELOPER_AUTHORS, type Letter, type Occasion } from './developer-letters.ts';
import type { Composed } from './mail.ts';
import { insertMail, insertOrganisationMail } from './mails-store.ts';

export interface MailSettings {
  readonly compose: ComposeMail;
  /** the installation's own address */
  readonly baseUrl: string;
}

/** In whose name a mail comes, and how that looks. */
interface Sender {
  readonly name: string;
  readonly origin: string;
  readonly home: string;
  readonly theme: ThemeSettings;
}

/** The administration's look. */
const THEME: ThemeSettings = { theme_name: 'mint_rocket', custom_theme: null, use_custom_fonts: false, custom_fonts: null };

const administration = ({ baseUrl }: MailSettings): Sender => ({
  name: 'Portico',
  origin: baseUrl,
  home: adminPaths.home,
  theme: THEME,
});

const portalAsSender = (portal: Portal, { baseUrl }: MailSettings): Sender => ({
  name: portal.displayName,
  origin: portalOrigin(portal, baseUrl),
  home: portalPaths.home,
  theme: portal.appearance,
});

const dedupeKey = (event: RecordedEvent, { template, to }: Letter): string => `${event.id} ${template} ${to.id}`;

const compose = (settings: MailSettings, sender: Sender, { template, to, model }: Letter): Composed => {
  const frame = {
    sender: { name: sender.name, href: sender.origin + sender.home },
    recipient: { name: to.name },
    theme: sender.theme,
  };
  const { link, ...rest } = model;
  return settings.compose(template, frame, link === undefined ? rest : { ...rest, link: sender.origin + link });
};

const doNothing = async (): Promise<void> => undefined;

/** The portal that an event happened in; undefined for one that happened in none, or that is gone. */
const portalOf = async (ctx: Context, { portalId, details }: RecordedEvent): Promise<Portal | undefined> => {
  const id = portalId ?? (details['portalId'] as PortalId | undefined);
  return id && findPortal(ctx, id);
};

/**
 * Has the mails written that follow from an event in a region: to developers, and to whoever may decide about what they ask for. For the
 * worker: answers the act that writes them, for the transaction that takes the job out of the outbox.
 */
export const followEvents =
  (settings: MailSettings, organisation: OrganisationContext) =>
  async (ctx: Context, { payload }: DueJob): Promise<(ctx: Inside<Context>) => Promise<void>> => {
    const event = await findEvent(ctx, String(payload['eventId']));
    const portal = event && (await portalOf(ctx, event));
    if (!event || !portal) return doNothing;
    const powers = powersToDecide(event, portal.id);
    const approvers = powers.length === 0 ? [] : await listPeopleWhoMay(organisation, ctx, powers);
    const { reason } = (payload['told'] ?? {}) as { reason?: string | null };
    const occasion: Occasion = { event, portal, reason: reason || null };
    return async (ctx) => {
      const post = async (sender: Sender, letters: readonly Letter[], senderName?: string): Promise<void> => {
        for (const letter of letters)
          await insertMail(ctx, {
            ...compose(settings, sender, letter),
            template: letter.template,
            dedupeKey: dedupeKey(event, letter),
            senderName,
            recipient: letter.to,
            portalId: portal.id,
            developerId: letter.developerId,
          });
      };
      const toDevelopers = await DEVELOPER_AUTHORS[event.action]?.(ctx, occasion);
      await post(portalAsSender(portal, settings), toDevelopers ?? [], portal.displayName);
      await post(administration(settings), await lettersToApprovers(ctx, occasion, approvers));
    };
  };

/** {@link followEvents} for events of the organisation: mails to administrators about their being one. */
export const followOrganisationEvents =
  (settings: MailSettings) =>
  async (ctx: OrganisationContext, { payload }: DueJob): Promise<(ctx: Inside<OrganisationContext>) => Promise<void>> => {
    const event = await findOrganisationEvent(ctx, String(payload['eventId']));
    const author = event && ADMINISTRATOR_AUTHORS[event.action];
    if (!event || !author) return doNothing;
    return async (ctx) => {
      for (const letter of await author(ctx, event))
        await insertOrganisationMail(ctx, {
          ...compose(settings, administration(settings), letter),
          template: letter.template,
          dedupeKey: dedupeKey(event, letter),
          senderName: undefined,
          recipient: letter.to,
          administratorId: letter.to.id,
        });
    };
  };
