import type { Request, Response } from 'express';
import { demand, may } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import { createVersion, deleteVersion, listVersions, type Product, updateVersion } from '../../../domain/products/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { queryPage } from '../../../http/page-query.ts';
import { paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { replacingLabels } from '../labels.ts';
import { productOf, productTrail, sendProductPart } from '../products/frame.ts';
import { specificationPaths, versionPaths } from '../products/paths.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { VERSION_FIELDS, versionForm, versionValues } from './forms.ts';
import { link, showLink, unlink } from './gateway-service.ts';
import { factsOf, versionModel } from './pages.ts';
import { versionsTable } from './table.ts';
import { type ShownVersion, versionOf, versionTrail } from './version.ts';

const PAGE_SIZE = 25;
const NEWEST_FIRST = [{ field: 'created_at', direction: 'desc' }] as const;

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const found = await listVersions(ctx, product.id, { filters: [], sort: NEWEST_FIRST, page });
  if (found.items.length === 0 && page.number > 1) throw notFound('Page');
  const facts = await factsOf(ctx, product.id, found.items);
  const createHref = versionPaths.create(ctx.region, product.id);
  await sendProductPart(
    req,
    res,
    ctx,
    { product, part: 'versions', template: 'admin/versions/list.njk' },
    {
      table: found.items.length > 0 ? versionsTable(ctx, found.items, facts) : false,
      createHref: may(ctx.actor, 'product.edit', product.id) ? createHref : false,
      pagination: paginate(found, (number) => versionPaths.list(ctx.region, product.id, { page: number })) ?? false,
    },
  );
};

const sendCreation = (req: Request, res: Response, ctx: AdminContext, product: Product, form: FormState): Promise<void> => {
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  return sendForm(
    req,
    res,
    ctx,
    { title: `New version of ${product.name}`, breadcrumbs: productTrail(ctx, product) },
    {
      form,
      fields: VERSION_FIELDS,
      action: versionPaths.create(ctx.region, product.id),
      submit: 'Create version',
      cancelHref: versionPaths.list(ctx.region, product.id),
    },
  );
};

const showCreation = async (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  sendCreation(req, res, ctx, await productOf(req, ctx), emptyForm());

const create = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  await handleForm(req, res, versionForm, {
    act: async (given) => {
      const version = await createVersion(ctx, product.id, given);
      const next = specificationPaths.specification(ctx.region, { productId: product.id, versionId: version.id });
      redirectWith(req, res, ctx, next, `“${version.name}” is created. Now give it a specification.`);
    },
    again: (form) => sendCreation(req, res, ctx, product, form),
  });
};

const showVersion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const { product, version } = shown;
  const head = { title: `${product.name} ${version.name}`, breadcrumbs: productTrail(ctx, product) };
  await sendPage(req, res, ctx, 'admin/versions/version.njk', head, await versionModel(ctx, shown));
};

const sendEdit = (req: Request, res: Response, ctx: AdminContext, shown: ShownVersion, form: FormState): Promise<void> => {
  demand(ctx.actor, 'product.edit', shown.product.id, 'API product');
  return sendForm(
    req,
    res,
    ctx,
    { title: `Edit ${shown.version.name}`, breadcrumbs: versionTrail(ctx, shown) },
    {
      form,
      fields: VERSION_FIELDS,
      action: versionPaths.edit(ctx.region, shown.ref),
      submit: 'Save',
      cancelHref: versionPaths.version(ctx.region, shown.ref),
    },
  );
};

const showEdit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  await sendEdit(req, res, ctx, shown, emptyForm(versionValues(shown.version)));
};

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  await handleForm(req, res, versionForm, {
    act: async ({ name, labels }) => {
      await updateVersion(ctx, shown.ref, { name, labels: replacingLabels(shown.version.labels, labels) });
      redirectWith(req, res, ctx, versionPaths.version(ctx.region, shown.ref), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, shown, form),
  });
};

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const shown = await versionOf(req, ctx);
  const { product, version, ref } = shown;
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const head = { title: `Delete ${product.name} ${version.name}?`, breadcrumbs: versionTrail(ctx, shown) };
  await sendConfirmation(req, res, ctx, head, {
    text: 'This cannot be undone. What goes with it:',
    consequences: ['its specification', 'its place in every portal', 'all registrations for it: keys stop working'],
    action: versionPaths.delete(ctx.region, ref),
    submit: 'Delete version',
    cancelHref: versionPaths.version(ctx.region, ref),
  });
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const { version, ref } = await versionOf(req, ctx);
  await deleteVersion(ctx, ref);
  redirectWith(req, res, ctx, versionPaths.list(ctx.region, ref.productId), `“${version.name}” is deleted.`);
};

const access = 'administrator';
const VERSIONS = '/:region/products/:productId/versions';
const VERSION = `${VERSIONS}/:versionId`;

export const versionRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: VERSIONS, access, audit: null, handler: showList },
  { method: 'get', path: `${VERSIONS}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${VERSIONS}/create`, access, audit: 'version.created', handler: create },
  { method: 'get', path: VERSION, access, audit: null, handler: showVersion },
  { method: 'get', path: `${VERSION}/edit`, access, audit: null, handler: showEdit },
  { method: 'post', path: `${VERSION}/edit`, access, audit: 'version.updated', handler: edit },
  { method: 'get', path: `${VERSION}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${VERSION}/delete`, access, audit: 'version.deleted', handler: remove },
  { method: 'get', path: `${VERSION}/gateway-service`, access, audit: null, handler: showLink },
  { method: 'post', path: `${VERSION}/gateway-service`, access, audit: 'version.updated', handler: link },
  { method: 'post', path: `${VERSION}/gateway-service/unlink`, access, audit: 'version.updated', handler: unlink },
];
