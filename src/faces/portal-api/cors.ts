import type { RequestHandler } from 'express';
import { clientOrigin, portalApiContext } from './context.ts';

/**
 * Lets a portal client of one's own, which lives on a host of its own (the portal's `custom_client_domain`), read what is answered here,
 * with credentials. No other origin is let in. Answers preflight requests (Fetch standard, section 3.2.2).
 */
export const clientAccess: RequestHandler = (req, res, next) => {
  const client = clientOrigin(portalApiContext(req, res));
  if (client !== undefined) res.vary('Origin');
  if (client === undefined || req.get('origin') !== client) {
    next();
    return;
  }
  res.set({ 'Access-Control-Allow-Origin': client, 'Access-Control-Allow-Credentials': 'true' });
  if (req.method !== 'OPTIONS') {
    next();
    return;
  }
  res
    .set({
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '600',
    })
    .status(204)
    .end();
};
