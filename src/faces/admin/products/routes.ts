import type { Request, Response } from 'express';
import { demand, may, require } from '../../../domain/access/index.ts';
import { notFound } from '../../../domain/errors.ts';
import { createProduct, deleteProduct, listProducts, updateProduct } from '../../../domain/products/index.ts';
import { listPortalsOfProducts } from '../../../domain/publications/index.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import type { Route } from '../../../http/routes.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendForm } from '../form.ts';
import { replacingLabels } from '../labels.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { PRODUCT_FIELDS, PRODUCT_NAMES, productForm, productValues } from './forms.ts';
import { productOf, productTrail, sendProductPart } from './frame.ts';
import { overviewModel } from './overview.ts';
import { deletionOf, listModel } from './pages.ts';
import { productPaths } from './paths.ts';
import { readablePortals } from './portals.ts';
import { conditionOf, ORDER, readProductView } from './query.ts';

const PAGE_SIZE = 25;

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const view = readProductView(req);
  const portals = await readablePortals(ctx);
  const shown = { ...view, portalId: portals.some(({ id }) => id === view.portalId) ? view.portalId : undefined };
  const found = await listProducts(ctx, {
    filters: view.search === '' ? [] : [{ field: 'name', op: 'contains', value: view.search }],
    anyLabels: view.label === '' ? [] : [conditionOf(view.label)],
    portalId: shown.portalId,
    sort: [ORDER[view.sort]],
    page: { number: view.page, size: PAGE_SIZE },
  });
  if (found.items.length === 0 && view.page > 1) throw notFound('Page');
  const ids = found.items.map(({ id }) => id);
  const model = listModel(ctx, shown, found, await listPortalsOfProducts(ctx, ids), portals);
  await sendPage(req, res, ctx, 'admin/shared/list.njk', { title: 'API products' }, model);
};

const sendCreation = (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> =>
  sendForm(
    req,
    res,
    ctx,
    { title: 'New API product', breadcrumbs: productTrail(ctx) },
    {
      form,
      fields: PRODUCT_FIELDS,
      action: productPaths.create(ctx.region),
      submit: 'Create API product',
      cancelHref: productPaths.list(ctx.region),
    },
  );

const showCreation = (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  require(may(ctx.actor, 'product.create'));
  return sendCreation(req, res, ctx, emptyForm());
};

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, productForm, {
    act: async (given) => {
      const product = await createProduct(ctx, { ...given, description: given.description || null });
      redirectWith(req, res, ctx, productPaths.product(ctx.region, product.id), `“${product.name}” is created.`);
    },
    again: (form) => sendCreation(req, res, ctx, form),
    names: PRODUCT_NAMES,
  });

const showOverview = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  const model = await overviewModel(ctx, product);
  await sendProductPart(req, res, ctx, { product, part: 'overview', template: 'admin/products/overview.njk' }, model);
};

const sendEdit = async (req: Request, res: Response, ctx: AdminContext, form?: FormState): Promise<void> => {
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.edit', product.id, 'API product');
  const here = productPaths.product(ctx.region, product.id);
  await sendForm(
    req,
    res,
    ctx,
    { title: `Edit ${product.name}`, breadcrumbs: productTrail(ctx, product) },
    {
      form: form ?? emptyForm(productValues(product)),
      fields: PRODUCT_FIELDS,
      action: productPaths.edit(ctx.region, product.id),
      submit: 'Save',
      cancelHref: here,
    },
  );
};

const showEdit = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendEdit(req, res, ctx);

const edit = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, productForm, {
    act: async ({ name, description, labels, publicLabels }) => {
      const product = await productOf(req, ctx);
      await updateProduct(ctx, product.id, {
        name,
        description: description || null,
        labels: replacingLabels(product.labels, labels),
        publicLabels: replacingLabels(product.publicLabels, publicLabels),
      });
      redirectWith(req, res, ctx, productPaths.product(ctx.region, product.id), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, form),
    names: PRODUCT_NAMES,
  });

const showDeletion = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  demand(ctx.actor, 'product.delete', product.id, 'API product');
  const head = { title: `Delete ${product.name}?`, breadcrumbs: productTrail(ctx, product) };
  await sendConfirmation(req, res, ctx, head, await deletionOf(ctx, product));
};

const remove = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const product = await productOf(req, ctx);
  await deleteProduct(ctx, product.id);
  redirectWith(req, res, ctx, productPaths.list(ctx.region), `“${product.name}” is deleted.`);
};

const access = 'administrator';

export const productRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: '/:region/products', access, audit: null, handler: showList },
  { method: 'get', path: '/:region/products/create', access, audit: null, handler: showCreation },
  { method: 'post', path: '/:region/products/create', access, audit: 'product.created', handler: create },
  { method: 'get', path: '/:region/products/:productId', access, audit: null, handler: showOverview },
  { method: 'get', path: '/:region/products/:productId/edit', access, audit: null, handler: showEdit },
  { method: 'post', path: '/:region/products/:productId/edit', access, audit: 'product.updated', handler: edit },
  { method: 'get', path: '/:region/products/:productId/delete', access, audit: null, handler: showDeletion },
  { method: 'post', path: '/:region/products/:productId/delete', access, audit: 'product.deleted', handler: remove },
];
