import type { TrialOutcome } from '../../../domain/context.ts';
import { fieldId } from '../../../http/forms.ts';
import type { Page } from '../../../http/page-cache.ts';
import { policyReaching } from '../../../http/server-kit.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { printAnswer, printFailure } from '../../../rendering/openapi/console/answer.ts';
import { buildRequest } from '../../../rendering/openapi/console/request.ts';
import { printRequest } from '../../../rendering/openapi/console/sample.ts';
import { printPath } from '../../../rendering/openapi/reference/html/path.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { frame, titleOf, way } from '../reference/frame.ts';
import { renderPage } from '../respond.ts';
import { type Asked, applicationsFor } from './asked.ts';
import { authorizationGroup, bodyChoices, type Filled, keyFieldOf, parameterGroups } from './form.ts';
import { originsOf } from './reachable.ts';
import { serverFields, serverWords } from './servers.ts';

/** An answer, or why there is none, as the page shows it. */
export const shownOutcome = (outcome: TrialOutcome): SafeHtml =>
  outcome.answered ? printAnswer(outcome) : printFailure(outcome.reason, outcome.message);

/** Keys of one's own that can be chosen, where the operation takes any. */
const ownKeys = async (ctx: PortalContext, { reference, console }: Asked) => {
  const field = keyFieldOf(console);
  const applications = field === undefined ? [] : await applicationsFor(ctx, reference.version);
  if (field === undefined || applications.length === 0) return false;
  return {
    select: {
      ...{ id: 'own-key', label: 'Use the key of', type: 'select', value: '' },
      hint: 'A key that you paste for an application is remembered by this tab until you close it or log out. The portal keeps no keys.',
      attributes: { 'data-own-key': field },
      options: [
        { value: '', text: 'None of my applications' },
        ...applications.map(({ id, name }) => ({ value: id, text: name })),
      ],
    },
  };
};

/** The page that asks for what an operation takes, and shows the request as code. @param answer what came of it, where it was sent */
export const consolePage = async (ctx: PortalContext, asked: Asked, filled: Filled, answer?: SafeHtml): Promise<Page> => {
  const { reference, operation, console } = asked;
  const { at } = reference;
  const name = operation.summary ?? operation.path;
  const title = `Try: ${name}`;
  const operationHref = paths.operation(at.product, at.version, operation.address);
  const { request } = buildRequest(console, filled.answers, { hideSecrets: true });
  const head = {
    title: titleOf(reference, title),
    breadcrumbs: way(reference, { label: name, href: operationHref }, { label: 'Try it' }),
  };
  const page = await renderPage(ctx, 'portal/console/console.njk', head, {
    ...(await frame(ctx, reference, { groups: operation.groups.slice(0, 1), areCurrent: false, operation: operation.address })),
    ...{ title, operationHref, method: operation.method, path: printPath(operation.path), deprecated: operation.deprecated },
    action: `${paths.console(at.product, at.version, operation.address)}#answer`,
    of: reference.content.contentHash,
    servers: serverFields(console, filled),
    server: console.servers.length === 1 ? (console.servers[0]?.url ?? '') : '',
    serverWords: serverWords(console),
    canBeSent: console.servers.length > 0,
    isProxied: filled.isProxied,
    authorization: authorizationGroup(console, filled) ?? false,
    ownKeys: await ownKeys(ctx, asked),
    groups: parameterGroups(console, filled),
    bodies: bodyChoices(console, filled),
    isBodyOptional: !console.bodyRequired,
    summary: filled.problems.map(({ field, text }) => (field === 'form' ? { text } : { text, href: `#${fieldId(field)}` })),
    code: printRequest(request),
    answer: answer ?? false,
    model: JSON.stringify(console),
  });
  return { ...page, headers: { 'Content-Security-Policy': policyReaching(originsOf(console)) } };
};
