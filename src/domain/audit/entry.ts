import { type KeyObject, sign } from 'node:crypto';
import type { RegionCode } from '../regions/index.ts';
import type { LogFormat } from './destination.ts';

/** An event as it is sent. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly region: RegionCode;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly portalId: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly details: unknown;
}

const PRODUCT = 'Portico';
const VERSION = '1.0';

/** How much an event calls for attention, of 10: failed attempts more than what went well. */
const severityOf = (action: string): number => (/\.(?:[a-z-]+-)?(?:failed|refused)$/.test(action) ? 5 : 1);

/** `developer.approved` → `developer approved` */
const nameOf = (action: string): string => action.replace(/[.-]/g, ' ');

/** What is said of an event, in either format; what is not known is left out. */
const fieldsOf = (entry: AuditEntry): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      rt: String(Date.parse(entry.at)),
      src: entry.address,
      id: entry.id,
      region: entry.region,
      portal_id: entry.portalId,
      principal_type: entry.actorKind,
      principal_id: entry.actorId,
      trace_id: entry.requestId,
      subject_type: entry.subjectType,
      subject_id: entry.subjectId,
    }).filter((field): field is [string, string] => field[1] !== null),
  );

const headerText = (text: string): string => text.replace(/[\\|]/g, '\\$&').replace(/[\r\n]+/g, ' ');
const extensionText = (text: string): string => text.replace(/[\\=]/g, '\\$&').replace(/\r?\n|\r/g, '\\n');

/** An entry in ArcSight's Common Event Format, behind the time and name of its sender. */
const cefOf = (entry: AuditEntry): string => {
  const header = ['CEF:0', PRODUCT, PRODUCT, VERSION, entry.action, nameOf(entry.action), String(severityOf(entry.action))];
  const extension = Object.entries({ ...fieldsOf(entry), details: JSON.stringify(entry.details) }).map(
    ([name, value]) => `${name}=${extensionText(value)}`,
  );
  return `${entry.at} portico ${header.map(headerText).join('|')}|${extension.join(' ')}`;
};

const jsonOf = (entry: AuditEntry): string =>
  JSON.stringify({
    cef_version: 0,
    event_vendor: PRODUCT,
    event_product: PRODUCT,
    event_version: VERSION,
    event_class_id: entry.action,
    event_ts: entry.at,
    name: nameOf(entry.action),
    severity: severityOf(entry.action),
    ...fieldsOf(entry),
    details: entry.details,
  });

/**
 * An entry as a line, signed (Ed25519, base64url): what is signed is the line without the signature, which is its last field:
 * ` sig=…` in CEF, `,"sig":"…"` in JSON.
 */
export const signedLine = (entry: AuditEntry, format: LogFormat, key: KeyObject): string => {
  const line = format === 'cef' ? cefOf(entry) : jsonOf(entry);
  const signature = sign(null, Buffer.from(line), key).toString('base64url');
  return format === 'cef' ? `${line} sig=${signature}` : `${line.slice(0, -1)},"sig":"${signature}"}`;
};
