import { asId } from '../ids.ts';
import type { AuditRecord } from './audit-log.ts';
import { type Known, type Named, namesOf } from './names.ts';
import type { Trails } from './trail-queries.ts';

/** Something that an event names by its id, as it is called now. */
export interface Mention extends Named, Pick<Known, 'parent'> {
  readonly name: string;
}

/** What the ids are of that events keep in their details, by the name of the detail. */
const TYPES: Readonly<Record<string, string>> = {
  administratorId: 'administrator',
  administrator_id: 'administrator',
  applicationId: 'application',
  authStrategyId: 'auth-strategy',
  authStrategyIds: 'auth-strategy',
  controlPlaneId: 'control-plane',
  defaultAuthStrategyId: 'auth-strategy',
  destinationId: 'audit-destination',
  developerId: 'developer',
  holderId: 'holder',
  memberId: 'holder',
  parentId: 'document',
  portalId: 'portal',
  productId: 'product',
  replacedBy: 'credential',
  teamId: 'team',
  versionId: 'version',
};

/** The values of a detail: those before and after a change, or the one. */
const valuesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null && 'before' in value && 'after' in value
    ? [value.before, value.after].flat()
    : [value].flat();

const typeOf = (field: string, { entityType }: AuditRecord['details']): string | undefined =>
  field === 'entityId' && typeof entityType === 'string' ? entityType : TYPES[field];

const changesOf = ({ changed }: AuditRecord['details']): readonly [string, unknown][] =>
  typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? Object.entries(changed) : [];

/** What an event says about what: its subject, its portal, whoever acted, and what its details name by ids. */
const thingsOf = ({ actor, subject, portal, details }: AuditRecord): Named[] => [
  { type: subject.type, id: subject.id },
  ...(actor.id === null ? [] : [{ type: actor.kind, id: actor.id }]),
  ...(portal === undefined ? [] : [{ type: 'portal', id: portal.id }]),
  ...[...Object.entries(details), ...changesOf(details)].flatMap(([field, value]) => {
    const type = typeOf(field, details);
    const ids = type === undefined ? [] : valuesOf(value).map((id) => asId<never>(String(id)));
    return ids.flatMap((id) => (id === undefined || type === undefined ? [] : [{ type, id }]));
  }),
];

/**
 * Finds what an event that was read names by ids, as far as it still exists. The answer takes the name of a detail and an id in it, or a
 * type and an id.
 */
export const findMentions = async (
  ctx: Trails,
  record: AuditRecord,
): Promise<(fieldOrType: string, id: string) => Mention | undefined> => {
  const known = await namesOf(ctx, thingsOf(record));
  return (fieldOrType, id) => {
    const type = typeOf(fieldOrType, record.details) ?? fieldOrType;
    const found = known(type, id);
    return found && { type: found.kind ?? type, id, name: found.name, parent: found.parent ?? null };
  };
};
