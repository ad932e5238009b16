import type { Request, Response } from 'express';
import { z } from 'zod';
import { demand, may, require } from '../../../domain/access/index.ts';
import {
  type AuthStrategy,
  createAuthStrategy,
  deleteAuthStrategy,
  getAuthStrategy,
  listAuthStrategies,
  STRATEGY_TYPES,
  type StrategyType,
  updateAuthStrategy,
} from '../../../domain/auth-strategies/index.ts';
import { notFound } from '../../../domain/errors.ts';
import type { AuthStrategyId } from '../../../domain/ids.ts';
import { emptyForm, type FormState, handleForm } from '../../../http/forms.ts';
import { pathId } from '../../../http/input.ts';
import { queryChoice, queryPage } from '../../../http/page-query.ts';
import { counted, paginate } from '../../../http/pagination.ts';
import type { Route } from '../../../http/routes.ts';
import { html } from '../../../lib/html.ts';
import { sendConfirmation } from '../confirm.ts';
import type { AdminContext } from '../context.ts';
import { sendFacts, sendForm } from '../form.ts';
import { replacingLabels } from '../labels.ts';
import { redirectWith, sendPage } from '../respond.ts';
import { timeHtml } from '../time.ts';
import { INITIAL, strategyFields, strategyForm, strategyValues } from './forms.ts';
import { strategyPaths } from './paths.ts';

const PAGE_SIZE = 25;
const BY_NAME = [{ field: 'name', direction: 'asc' }] as const;
const TYPES: Record<StrategyType, string> = { key_auth: 'API key', openid_connect: 'OpenID Connect' };

const trail = ({ region }: AdminContext) => [{ label: 'Auth strategies', href: strategyPaths.list(region) }];

const strategyOf = (req: Request, ctx: AdminContext): Promise<AuthStrategy> =>
  getAuthStrategy(ctx, pathId<AuthStrategyId>(req, 'strategyId', 'Auth strategy'));

const tableOf = ({ region }: AdminContext, strategies: readonly AuthStrategy[]) => ({
  caption: 'Auth strategies',
  head: [{ text: 'Name' }, { text: 'Type' }, { text: 'State' }, { text: 'Updated' }],
  rows: strategies.map(({ id, name, displayName, config, active, updatedAt }) => [
    {
      html: html`<a class="row-name" href="${strategyPaths.strategy(region, id)}">${displayName}</a><span class="row-text">${name}</span>`,
      header: true,
    },
    { text: TYPES[config.type] },
    { html: html`<span class="badge badge-${active ? 'success' : 'neutral'}">${active ? 'In use' : 'Not in use'}</span>` },
    { html: timeHtml(updatedAt) },
  ]),
});

const showList = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const page = { number: queryPage(req), size: PAGE_SIZE };
  const found = await listAuthStrategies(ctx, { filters: [], sort: BY_NAME, page });
  if (found.items.length === 0 && page.number > 1) throw notFound('Page');
  const mayCreate = may(ctx.actor, 'auth-strategy.create');
  const createHref = strategyPaths.create(ctx.region, 'key_auth');
  await sendPage(
    req,
    res,
    ctx,
    'admin/shared/list.njk',
    { title: 'Auth strategies' },
    {
      create: mayCreate && { text: 'New auth strategy', href: createHref },
      summary: counted(found.total, 'auth strategy', 'auth strategies'),
      table: found.items.length > 0 && tableOf(ctx, found.items),
      empty: found.items.length === 0 && {
        icon: 'key',
        title: 'There are no auth strategies that you may see',
        text: 'An auth strategy says how applications prove themselves to the gateway: by an API key, or by a token of an identity provider.',
        ...(mayCreate ? { action: { text: 'Create an auth strategy', href: createHref } } : {}),
      },
      pagination: paginate(found, (number) => strategyPaths.list(ctx.region, { page: number })) ?? false,
    },
  );
};

const sendCreation = (req: Request, res: Response, ctx: AdminContext, type: StrategyType, form: FormState): Promise<void> => {
  require(may(ctx.actor, 'auth-strategy.create'));
  const { region } = ctx;
  return sendForm(
    req,
    res,
    ctx,
    { title: 'New auth strategy', breadcrumbs: trail(ctx) },
    {
      tabs: {
        label: 'Type',
        items: STRATEGY_TYPES.map((other) => ({
          ...{ label: TYPES[other], href: strategyPaths.create(region, other), current: other === type },
        })),
      },
      form,
      fields: strategyFields(type),
      action: strategyPaths.create(region, type),
      submit: 'Create auth strategy',
      cancelHref: strategyPaths.list(region),
    },
  );
};

const showCreation = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const type = queryChoice(req, 'type', STRATEGY_TYPES);
  await sendCreation(req, res, ctx, type, emptyForm({ ...INITIAL[type] }));
};

const create = (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const type = queryChoice(req, 'type', STRATEGY_TYPES);
  return handleForm(req, res, strategyForm(type), {
    act: async (given) => {
      const { displayName } = await createAuthStrategy(ctx, given);
      redirectWith(req, res, ctx, strategyPaths.list(ctx.region), `“${displayName}” is created.`);
    },
    again: (form) => sendCreation(req, res, ctx, type, form),
  });
};

const sendEdit = (req: Request, res: Response, ctx: AdminContext, strategy: AuthStrategy, form: FormState): Promise<void> => {
  const { id, config, displayName, active } = strategy;
  demand(ctx.actor, 'auth-strategy.edit', id, 'Auth strategy');
  return sendForm(
    req,
    res,
    ctx,
    { title: displayName, breadcrumbs: trail(ctx) },
    {
      intro: `${TYPES[config.type]}${active ? ', in use: a change takes effect for all who use it.' : ', not in use.'}`,
      form,
      fields: strategyFields(config.type),
      action: strategyPaths.strategy(ctx.region, id),
      submit: 'Save',
      cancelHref: strategyPaths.list(ctx.region),
      deleteHref: strategyPaths.delete(ctx.region, id),
    },
  );
};

const showStrategy = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const strategy = await strategyOf(req, ctx);
  const { id, config, displayName } = strategy;
  const values = strategyValues(strategy);
  if (may(ctx.actor, 'auth-strategy.edit', id)) return sendEdit(req, res, ctx, strategy, emptyForm(values));
  const head = { title: displayName, breadcrumbs: trail(ctx) };
  await sendFacts(req, res, ctx, head, strategyFields(config.type), values);
};

const edit = async (req: Request, res: Response, ctx: AdminContext): Promise<void> => {
  const strategy = await strategyOf(req, ctx);
  await handleForm(req, res, strategyForm(strategy.config.type), {
    act: async ({ config, labels = {}, ...rest }) => {
      const kept = strategy.config.type === 'openid_connect' ? { further: strategy.config.further } : {};
      await updateAuthStrategy(ctx, strategy.id, {
        ...rest,
        config: { ...config, ...kept },
        labels: replacingLabels(strategy.labels, labels),
      });
      redirectWith(req, res, ctx, strategyPaths.list(ctx.region), 'Your changes are saved.');
    },
    again: (form) => sendEdit(req, res, ctx, strategy, form),
  });
};

const sendDeletion = async (req: Request, res: Response, ctx: AdminContext, form: FormState): Promise<void> => {
  const { id, displayName } = await strategyOf(req, ctx);
  demand(ctx.actor, 'auth-strategy.edit', id, 'Auth strategy');
  await sendConfirmation(
    req,
    res,
    ctx,
    { title: `Delete ${displayName}?`, breadcrumbs: trail(ctx) },
    {
      text: 'This cannot be undone. A strategy that a version or a portal uses stays.',
      action: strategyPaths.delete(ctx.region, id),
      submit: 'Delete auth strategy',
      cancelHref: strategyPaths.strategy(ctx.region, id),
      form,
    },
  );
};

const showDeletion = (req: Request, res: Response, ctx: AdminContext): Promise<void> => sendDeletion(req, res, ctx, emptyForm());

const remove = (req: Request, res: Response, ctx: AdminContext): Promise<void> =>
  handleForm(req, res, z.object({}), {
    act: async () => {
      const { id, displayName } = await strategyOf(req, ctx);
      await deleteAuthStrategy(ctx, id);
      redirectWith(req, res, ctx, strategyPaths.list(ctx.region), `“${displayName}” is deleted.`);
    },
    again: (form) => sendDeletion(req, res, ctx, form),
  });

const access = 'administrator';
const STRATEGIES = '/:region/auth-strategies';
const STRATEGY = `${STRATEGIES}/:strategyId`;

export const authStrategyRoutes: readonly Route<AdminContext>[] = [
  { method: 'get', path: STRATEGIES, access, audit: null, handler: showList },
  { method: 'get', path: `${STRATEGIES}/create`, access, audit: null, handler: showCreation },
  { method: 'post', path: `${STRATEGIES}/create`, access, audit: 'auth-strategy.created', handler: create },
  { method: 'get', path: STRATEGY, access, audit: null, handler: showStrategy },
  { method: 'post', path: STRATEGY, access, audit: 'auth-strategy.updated', handler: edit },
  { method: 'get', path: `${STRATEGY}/delete`, access, audit: null, handler: showDeletion },
  { method: 'post', path: `${STRATEGY}/delete`, access, audit: 'auth-strategy.deleted', handler: remove },
];
