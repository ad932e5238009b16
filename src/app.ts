import { readFileSync } from 'node:fs';
import path from 'node:path';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import { textComparer } from './adapters/compare-texts.ts';
import { specificationConverter } from './adapters/convert-specification.ts';
import { operationDescriber } from './adapters/describe-operation.ts';
import { documentNodes } from './adapters/document-nodes.ts';
import { specificationExcerpt } from './adapters/excerpt-specification.ts';
import { portalFinder } from './adapters/find-portal.ts';
import { documentFilesReader } from './adapters/read-document-files.ts';
import { documentRenderer } from './adapters/render-document.ts';
import { classify, type Installation } from './compose.ts';
import { adminFace } from './faces/admin/routes.ts';
import { type ManagementApiOptions, managementApi, ownManagementApi } from './faces/management-api/routes.ts';
import { portalFace } from './faces/portal/routes.ts';
import { ownPortalApi, portalApi } from './faces/portal-api/routes.ts';
import { health } from './http/health.ts';
import { installationHosts } from './http/hosts.ts';
import { createPageCache } from './http/page-cache.ts';
import { problems } from './http/problems.ts';
import { hostOf, requestLog, securityHeaders } from './http/server-kit.ts';
import { type Assets, createAssets } from './http/static-assets.ts';
import { createViews, type Views } from './http/views.ts';

/** The folder of the program, beside which `views` and `static` are: `src`, or `dist` once it is built. */
const HERE = import.meta.dirname;

/** How many files one upload of documents may hold, and how many times as large they may be once they are unpacked. */
const UPLOADED_FILES = 1000;
const UNPACKED = 4;

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

  const toNodes = documentNodes(installation.pool);
  const management: ManagementApiOptions = {
    settings: {
      portalDomain: config.portalDomain,
      reservedHosts: hosts.reserved,
      maxSpecificationBytes: config.maxSpecificationBytes,
    },
    documentNodes: toNodes,
    defaultRegion: config.defaultRegion,
    regionContext: installation.regionContext,
    organisationContext: installation.organisationContext,
    bodyLimits: config.bodyLimits,
    log,
    classify,
  };
  app.use(['/v2', '/portico/v1', '/api'], compression());
  app.use('/v2', onlyOn(hosts.has, managementApi(management)));
  app.use('/portico/v1', onlyOn(hosts.has, ownManagementApi(management, descriptionOf('management-api'))));

  const { assets, views } = ownFiles();
  app.use(assets.router);
  const admin = adminFace({
    organisationContext: installation.organisationContext,
    regionContext: installation.regionContext,
    regions: installation.regions,
    defaultRegion: config.defaultRegion,
    views,
    assets,
    renderDocument: documentRenderer(installation.pool),
    compareTexts: textComparer(installation.pool),
    readDocumentFiles: documentFilesReader(installation.pool, {
      maxFiles: UPLOADED_FILES,
      maxBytes: UNPACKED * config.bodyLimits.upload,
    }),
    awaitReference: installation.references.hurry,
    bodyLimits: config.bodyLimits,
    keepsMails: config.smtpUrl === undefined,
    hostSettings: { portalDomain: config.portalDomain, reservedHosts: hosts.reserved },
    baseUrl: config.baseUrl,
    log,
    classify,
  });
  app.use('/admin', onlyOn(hosts.has, admin));
  const findPortal = portalFinder(installation);
  const pageCache = createPageCache();
  const portalApiDeps = {
    ...{ findPortal, assets, pageCache, documentNodes: toNodes, baseUrl: config.baseUrl },
    ...{ bodyLimits: config.bodyLimits, log, classify },
  };
  app.use('/api/v2', portalApi(portalApiDeps));
  app.use('/api/portico/v1', ownPortalApi(portalApiDeps, descriptionOf('portal-api')));
  app.use(
    portalFace({
      findPortal,
      views,
      assets,
      pageCache,
      renderDocument: documentRenderer(installation.pool),
      convertSpecification: specificationConverter(installation.pool),
      excerptSpecification: specificationExcerpt(installation.pool),
      describeOperation: operationDescriber(installation.pool),
      consoleMaxBytes: config.console.maxBytes,
      awaitReference: installation.references.hurry,
      baseUrl: config.baseUrl,
      log,
      classify,
    }),
  );
  app.use(problems(log, classify));
  return app;
};

let files: { readonly assets: Assets; readonly views: Views } | undefined;

/** The files beside the program, which a process reads once, however many applications it makes. */
const ownFiles = () => {
  if (files === undefined) {
    const assets = createAssets(path.join(HERE, '../static'), path.join(HERE, 'static'));
    files = { assets, views: createViews({ directory: path.join(HERE, '../views'), assets, cache: true }) };
  }
  return files;
};

/** The OpenAPI document of what a face has beside the contract. */
const descriptionOf = (face: string): string => readFileSync(path.join(HERE, '../src/faces', face, 'openapi.yaml'), 'utf8');

/** A face that is there on some hosts only; on others the request goes on as if it did not exist. */
const onlyOn =
  (isHost: (hostname: string) => boolean, face: RequestHandler): RequestHandler =>
  (req, res, next) =>
    isHost(hostOf(req)) ? face(req, res, next) : next();
