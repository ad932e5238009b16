import { STATUS_CODES } from 'node:http';
import type { DeliverAuditLog } from '../domain/context.ts';
import { FetchFailure, safeFetch } from './safe-fetch.ts';

/** How long a destination may take; nothing else is sent to it meanwhile. */
const TIMEOUT_MS = 15_000;

/** Posts entries of the audit log to an address that an administrator chose. */
export const deliverAuditLog: DeliverAuditLog = async ({ endpoint, headers, body, verifyCertificate }) => {
  try {
    const { status } = await safeFetch({
      ...{ url: endpoint, method: 'POST', headers, body, verifyCertificate },
      ...{ trust: 'administrator', timeoutMs: TIMEOUT_MS, maxRedirects: 3 },
    });
    return { status, message: STATUS_CODES[status] ?? String(status) };
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    return { status: undefined, message: error.message };
  }
};
