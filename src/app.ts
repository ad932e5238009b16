import express, { type Express, type RequestHandler } from 'express';
import { classify, type Installation } from './compose.ts';
import { findTokenBySecret } from './domain/tokens/index.ts';
import { managementApi } from './faces/management-api/routes.ts';
import { health } from './http/health.ts';
import { installationHosts } from './http/hosts.ts';
import { problems } from './http/problems.ts';
import { hostOf, requestLog, securityHeaders } from './http/server-kit.ts';

/** The web application of an installation: middleware in order, then the faces by host. No logic of its own. */
export const createApp = (installation: Installation): Express => {
  const { config, log } = installation;
  const hosts = installationHosts(config.baseUrl);

  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('etag', 'strong');
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(requestLog(log));
  app.use(securityHeaders(config.baseUrl.startsWith('https:')));
  app.use(health(installation.ping));

  const management = managementApi({
    settings: {
      portalDomain: config.portalDomain,
      reservedHosts: hosts.reserved,
      maxSpecificationBytes: config.maxSpecificationBytes,
    },
    defaultRegion: config.defaultRegion,
    regionContext: installation.regionContext,
    findToken: (secret) => findTokenBySecret(installation.organisation, secret),
    bodyLimits: config.bodyLimits,
    log,
    classify,
  });
  app.use('/v2', onlyOn(hosts.has, management));
  app.use(problems(log, classify));
  return app;
};

/** A face that is there on some hosts only; on others the request goes on as if it did not exist. */
const onlyOn =
  (isHost: (hostname: string) => boolean, face: RequestHandler): RequestHandler =>
  (req, res, next) =>
    isHost(hostOf(req)) ? face(req, res, next) : next();
