import type { AuditRecord } from '../../../domain/audit/index.ts';

const COLUMNS: readonly (readonly [name: string, value: (record: AuditRecord) => string | null | undefined])[] = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['action', ({ action }) => action],
  ['actor_kind', ({ actor }) => actor.kind],
  ['actor_id', ({ actor }) => actor.id],
  ['actor', ({ actor }) => actor.name],
  ['subject_type', ({ subject }) => subject.type],
  ['subject_id', ({ subject }) => subject.id],
  ['subject', ({ subject }) => subject.name],
  ['portal_id', ({ portal }) => portal?.id],
  ['portal', ({ portal }) => portal?.name],
  ['address', ({ address }) => address],
  ['request_id', ({ requestId }) => requestId],
  ['details', ({ details }) => JSON.stringify(details)],
];

/** A cell (RFC 4180); what a spreadsheet would take for a formula is marked as text. */
const cell = (value: string | null | undefined): string => {
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const line = (cells: readonly (string | null | undefined)[]): string => `${cells.map(cell).join(',')}\r\n`;

export const CSV_HEAD: string = line(COLUMNS.map(([name]) => name));

/** Events as lines. */
export const csvLines = (records: readonly AuditRecord[]): string =>
  records.map((record) => line(COLUMNS.map(([, value]) => value(record)))).join('');
