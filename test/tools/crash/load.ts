import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type RequestOptions, send } from '../../support/app.ts';
import { linksOf, type MailServer } from '../../support/smtp.ts';
import type { AskedFor, Decided, Ledger, Newcomer, Outcome } from './ledger.ts';
import type { LoggedIn, Scene } from './scene.ts';

/** Clients that go on asking, whatever happens to the server in between. */
export interface Load {
  /** where the server is now; undefined while there is none */
  port: number | undefined;
  stop(): Promise<void>;
}

const IDLE_MS = 20;
const QUEUE = '/admin/us/requests';

type Developer = Scene['developers'][number];
type Ask = (method: string, target: string, status: number, options: RequestOptions) => Promise<Answer | undefined>;

const outcomeOf = (answer: Answer | undefined): Outcome => (answer ? 'acknowledged' : 'unknown');

/** Sends forms in somebody's browser. */
const formsOf =
  (ask: Ask, { cookie, csrf }: LoggedIn, host?: string) =>
  (target: string, fields: Record<string, string>): Promise<Answer | undefined> =>
    ask('POST', target, 303, {
      ...(host === undefined ? {} : { host }),
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
    });

/** Decides in the queue of the administration about what a search finds there, and takes every second approval back. */
const queueOf = (ask: Ask, approver: LoggedIn, ledger: Ledger) => {
  const post = formsOf(ask, approver);
  let count = 0;
  return async (kind: 'developer' | 'registration', search: string, decided: Decided): Promise<void> => {
    const query = new URLSearchParams({ kind, q: search });
    const page = await ask('GET', `${QUEUE}?${query}`, 200, { headers: { cookie: approver.cookie } });
    const request = /name="request" value="([^"]+)"/.exec(page?.text ?? '')?.[1];
    if (request === undefined) return;
    decided.approved = 'unknown';
    const approval = await post(`${QUEUE}/decide`, { request, verdict: 'approve' });
    if (!approval) return;
    if (!approval.headers.location?.includes(request)) {
      ledger.surprises.push(`${search} was waiting, and could not be approved`);
      return;
    }
    decided.approved = 'acknowledged';
    if (count++ % 2 === 0) return;
    decided.undone = 'unknown';
    const undoing = await post(`${QUEUE}/undo`, { request });
    if (!undoing) return;
    const isLate = undoing.headers['set-cookie']?.some((line) => line.startsWith('portico_notice=')) ?? false;
    if (isLate) delete decided.undone;
    else decided.undone = 'acknowledged';
  };
};

/** Whoever signs up, and confirms the address by the mail that arrives. */
const newcomersOf = (ask: Ask, host: string, mails: MailServer, ledger: Ledger) => {
  const waiting: Newcomer[] = [];
  const signUp = async (number: number): Promise<void> => {
    const newcomer: Newcomer = { email: `new-${number}@example.com`, name: `Somebody ${number}`, signedUp: 'unknown' };
    ledger.newcomers.push(newcomer);
    const json = { email: newcomer.email, full_name: newcomer.name };
    newcomer.signedUp = outcomeOf(await ask('POST', '/api/v2/developer', 201, { host, json }));
    waiting.push(newcomer);
  };
  /** Somebody whose mail has arrived. */
  const confirmNext = async (): Promise<Newcomer | undefined> => {
    const at = waiting.findIndex(({ email }) => mails.received.some(({ to }) => to[0] === email));
    const [newcomer] = at === -1 ? [] : waiting.splice(at, 1);
    const mail = mails.received.find(({ to }) => to[0] === newcomer?.email);
    if (!newcomer || !mail) return undefined;
    const token = new URL(linksOf(mail)[0] ?? '').searchParams.get('token');
    newcomer.confirmed = 'unknown';
    newcomer.confirmed = outcomeOf(await ask('POST', '/api/v2/developer/verify-email', 202, { host, json: { token } }));
    return newcomer;
  };
  return { signUp, confirmNext };
};

/** Each developer of the scene is a client of its own. Names are unique over all acts, so that what happened twice shows. */
export const startLoad = (scene: Scene, ledger: Ledger, mails: MailServer): Load => {
  const { host, token, versionId, strategyId, developers, approver } = scene;
  let stopped = false;
  let count = 0;
  const load: Load = {
    port: undefined,
    stop: async () => {
      stopped = true;
      await clients;
    },
  };

  /** An answer that was hoped for; undefined when the connection broke, so that nobody knows. */
  const ask: Ask = async (method, target, status, options) => {
    while (load.port === undefined && !stopped) await pause(IDLE_MS);
    if (load.port === undefined) return undefined;
    let answer: Answer;
    try {
      answer = await send(load.port, method, target, options);
    } catch {
      await pause(IDLE_MS);
      return undefined;
    }
    if (answer.status === status) return answer;
    ledger.surprises.push(`${method} ${target}: ${answer.status} ${answer.text}`);
    return undefined;
  };
  const decide = queueOf(ask, approver, ledger);
  const newcomers = newcomersOf(ask, host, mails, ledger);

  const admitNewcomer = async (): Promise<void> => {
    await newcomers.signUp(++count);
    const confirmed = await newcomers.confirmNext();
    if (confirmed) await decide('developer', confirmed.email, confirmed);
  };

  /** As programs do it: one request for the application, one for its registration, one for a key, one that decides. */
  const addByApi = async ({ email, cookie }: Developer): Promise<void> => {
    const post = (target: string, json: object) =>
      ask('POST', `/api/v2/applications${target}`, 201, { host, json, headers: { cookie } });
    const number = ++count;
    const name = `Application ${number}`;
    const created = await post('', { name, auth_strategy_id: strategyId });
    const application: AskedFor = { name, email, combined: false, created: outcomeOf(created), keys: new Map() };
    ledger.applications.push(application);
    if (!created) return;
    const { id } = created.json as { id: string };
    application.registered = 'unknown';
    const registered = await post(`/${id}/registrations`, { product_version_id: versionId });
    application.registered = outcomeOf(registered);
    const key = `Key ${number}`;
    application.keys.set(key, 'unknown');
    application.keys.set(key, outcomeOf(await post(`/${id}/credentials`, { display_name: key })));
    if (!registered) return;
    const json = { status: 'approved', expected: 'pending' };
    const decision = `/portico/v1/registrations/${(registered.json as { id: string }).id}/decision`;
    application.approved = 'unknown';
    application.approved = outcomeOf(await ask('PUT', decision, 200, { token, json }));
  };

  /** As people do it: one form makes the application and registers it, and somebody decides in the queue. */
  const addByForm = async (developer: Developer): Promise<void> => {
    const name = `Shop (${++count})`;
    const application: AskedFor = { name, email: developer.email, combined: true, created: 'unknown', keys: new Map() };
    const at = ledger.applications.push(application) - 1;
    const made = await formsOf(
      ask,
      developer,
      host,
    )(`/application/create?productVersion=${versionId}`, {
      application: 'new',
      name,
    });
    if (!made) return;
    const known: AskedFor = { ...application, created: 'acknowledged', registered: 'acknowledged' };
    ledger.applications[at] = known;
    await decide('registration', name, known);
  };

  const client = async (developer: Developer): Promise<void> => {
    while (!stopped) {
      await admitNewcomer();
      await addByApi(developer);
      await addByForm(developer);
    }
  };

  const clients = Promise.all(developers.map(client));
  return load;
};
