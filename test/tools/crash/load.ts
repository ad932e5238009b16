import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type RequestOptions, send } from '../../support/app.ts';
import type { Scene } from './scene.ts';

/** What somebody was told, or was not because the connection broke. */
export type Outcome = 'acknowledged' | 'unknown';

/** An application with what was asked for it. */
export interface AskedFor {
  readonly name: string;
  readonly email: string;
  readonly created: Outcome;
  registered?: Outcome;
  approved?: Outcome;
  /** names of keys */
  readonly keys: Map<string, Outcome>;
}

/** Everything that was asked for, and what was answered. */
export interface Ledger {
  readonly signUps: Map<string, Outcome>;
  readonly applications: AskedFor[];
  /** answers that nobody should get */
  readonly surprises: string[];
}

export const newLedger = (): Ledger => ({ signUps: new Map(), applications: [], surprises: [] });

export const acknowledged = ({ signUps, applications }: Ledger): number => {
  const outcomes = [
    ...signUps.values(),
    ...applications.flatMap(({ created, registered, approved, keys }) => [created, registered, approved, ...keys.values()]),
  ];
  return outcomes.filter((outcome) => outcome === 'acknowledged').length;
};

interface Pending {
  readonly application: AskedFor;
  readonly registrationId: string;
}

/** Clients that go on asking, whatever happens to the server in between. */
export interface Load {
  /** where the server is now; undefined while there is none */
  port: number | undefined;
  stop(): Promise<void>;
}

const IDLE_MS = 20;

/** Each developer of the scene is a client of its own. Names are unique over all acts, so that what happened twice shows. */
export const startLoad = ({ host, token, versionId, strategyId, developers }: Scene, ledger: Ledger): Load => {
  let stopped = false;
  let count = 0;
  const pending: Pending[] = [];
  const load: Load = {
    port: undefined,
    stop: async () => {
      stopped = true;
      await clients;
    },
  };

  /** An answer that was hoped for; undefined when the connection broke, so that nobody knows. */
  const ask = async (method: string, target: string, status: number, options: RequestOptions): Promise<Answer | undefined> => {
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
  const outcomeOf = (answer: Answer | undefined): Outcome => (answer ? 'acknowledged' : 'unknown');

  const signUp = async (): Promise<void> => {
    const email = `new-${++count}@example.com`;
    ledger.signUps.set(email, 'unknown');
    const json = { email, full_name: 'Somebody New' };
    ledger.signUps.set(email, outcomeOf(await ask('POST', '/api/v2/developer', 201, { host, json })));
  };

  const approve = async ({ application, registrationId }: Pending): Promise<void> => {
    const json = { status: 'approved', expected: 'pending' };
    application.approved = 'unknown';
    application.approved = outcomeOf(
      await ask('PUT', `/portico/v1/registrations/${registrationId}/decision`, 200, { token, json }),
    );
  };

  const addApplication = async ({ email, cookie }: Scene['developers'][number]): Promise<void> => {
    const post = (target: string, json: object) =>
      ask('POST', `/api/v2/applications${target}`, 201, { host, json, headers: { cookie } });
    const number = ++count;
    const name = `Application ${number}`;
    const created = await post('', { name, auth_strategy_id: strategyId });
    const application: AskedFor = { name, email, created: outcomeOf(created), keys: new Map() };
    ledger.applications.push(application);
    if (!created) return;
    const { id } = created.json as { id: string };
    application.registered = 'unknown';
    const registered = await post(`/${id}/registrations`, { product_version_id: versionId });
    application.registered = outcomeOf(registered);
    if (registered) pending.push({ application, registrationId: (registered.json as { id: string }).id });
    const key = `Key ${number}`;
    application.keys.set(key, 'unknown');
    application.keys.set(key, outcomeOf(await post(`/${id}/credentials`, { display_name: key })));
  };

  const client = async (developer: Scene['developers'][number]): Promise<void> => {
    while (!stopped) {
      await signUp();
      await addApplication(developer);
      const next = pending.shift();
      if (next) await approve(next);
    }
  };

  const clients = Promise.all(developers.map(client));
  return load;
};
