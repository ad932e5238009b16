import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type AdministratorId = Id<'administrator'>;
export type AdministratorTeamId = Id<'administrator-team'>;
export type ApplicationId = Id<'application'>;
export type AuditDestinationId = Id<'audit-destination'>;
export type AuditWebhookId = Id<'audit-webhook'>;
export type AuthStrategyId = Id<'auth-strategy'>;
export type ControlPlaneId = Id<'control-plane'>;
export type CredentialId = Id<'credential'>;
export type DeveloperId = Id<'developer'>;
export type DocumentId = Id<'document'>;
export type DraftId = Id<'draft'>;
export type GatewayRouteId = Id<'gateway-route'>;
export type GatewayServiceId = Id<'gateway-service'>;
export type PortalId = Id<'portal'>;
export type ProductId = Id<'product'>;
export type PublicationId = Id<'publication'>;
export type RegistrationId = Id<'registration'>;
export type RoleAssignmentId = Id<'role-assignment'>;
export type SessionId = Id<'session'>;
export type SpecificationId = Id<'specification'>;
export type SystemAccountId = Id<'system-account'>;
export type TeamId = Id<'team'>;
export type TeamRoleId = Id<'team-role'>;
export type TokenId = Id<'token'>;
export type VersionId = Id<'version'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID of any version (RFC 9562), in either case. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Stands where an id has to, for somebody who is not known: the nil UUID (RFC 9562, section 5.9). */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A text as an id of the database: lower case, or undefined when it is no UUID and so cannot name anything. */
export const asId = <T extends Id<string>>(text: string): T | undefined => (isUuid(text) ? (text.toLowerCase() as T) : undefined);

let last = { time: 0, sequence: 0 };

/** The place of an id among those of its millisecond, 12 bits; beyond 4,096 they are in no order (RFC 9562, section 6.2, method 1). */
const sequenceAt = (time: number): number => {
  last = time === last.time ? { time, sequence: (last.sequence + 1) & 0xfff } : { time, sequence: 0 };
  return last.sequence;
};

/** A new id: UUID version 7 (RFC 9562, section 5.7), so that ids made later by a process sort later. */
export const newId = <T extends Id<string>>(now: Date): T => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt16BE(0x7000 | sequenceAt(now.getTime()), 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
};
