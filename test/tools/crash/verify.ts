import { connect } from '../../../src/database/connect.ts';
import type { ReceivedMail } from '../../support/smtp.ts';
import type { Ledger, Outcome } from './load.ts';
import { APPROVER, type Scene } from './scene.ts';

/** What is missing, and what is there more than once; a line each. */
export interface Findings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** Counts how often each text occurs. */
const counts = (texts: readonly string[]): Map<string, number> => {
  const counted = new Map<string, number>();
  for (const text of texts) counted.set(text, (counted.get(text) ?? 0) + 1);
  return counted;
};

const mailKey = (recipient: string, subject: string): string => `${recipient}: ${subject}`;

/** The mails that arrived, those with the same Message-ID once. */
const arrivedMails = (received: readonly ReceivedMail[]): Map<string, number> => {
  const byId = new Map(received.map(({ to, mail }) => [mail.messageId ?? '', mailKey(to[0] ?? '', mail.subject ?? '')]));
  return counts([...byId.values()]);
};

const readDatabase = async ({ database }: Scene) => {
  const connection = connect(database, { poolSize: 2 });
  const { db } = connection;
  try {
    const registrations = await db
      .selectFrom('registrations')
      .innerJoin('applications', 'applications.id', 'registrations.application_id')
      .select(['registrations.id', 'registrations.status', 'applications.name'])
      .execute();
    return {
      developers: await db.selectFrom('developers').select(['id', 'email']).execute(),
      applications: await db.selectFrom('applications').select(['id', 'name']).execute(),
      registrations,
      keys: await db.selectFrom('credentials').select(['id', 'name']).execute(),
      events: await db.selectFrom('audit_events').select(['action', 'subject_id']).execute(),
      mails: await db.selectFrom('mails').select(['recipient', 'subject', 'status']).execute(),
      jobs: await db.selectFrom('outbox').select(['kind', 'error']).execute(),
    };
  } finally {
    await connection.close();
  }
};

/** Holds what was answered against what is there, what is there against the audit trail, and both against the mails that arrived. */
export const verify = async (scene: Scene, ledger: Ledger, received: readonly ReceivedMail[]): Promise<Findings> => {
  const stored = await readDatabase(scene);
  const lost: string[] = [];
  const doubled: string[] = [];

  /** Says where something is not there exactly once. */
  const once = (what: string, found: number): void => {
    if (found === 0) lost.push(what);
    if (found > 1) doubled.push(`${what} (${found} times)`);
  };
  /** What was acknowledged is there; what nobody knows of is there once or not at all. */
  const kept = (what: string, outcome: Outcome | undefined, found: number): void => {
    if (outcome === 'acknowledged' || found > 1) once(what, found);
  };

  const arrived = arrivedMails(received);
  const written = counts(stored.mails.map(({ recipient, subject }) => mailKey(recipient, subject)));
  const mail = (recipient: string, subject: string): void => {
    const key = mailKey(recipient, subject);
    once(`mail to ${key}`, written.get(key) ?? 0);
    once(`arrival of the mail to ${key}`, arrived.get(key) ?? 0);
  };
  const events = counts(stored.events.map(({ action, subject_id }) => `${action} ${subject_id}`));
  const event = (action: string, id: string): void => once(`event ${action} of ${id}`, events.get(`${action} ${id}`) ?? 0);

  const addresses = counts(stored.developers.map(({ email }) => email));
  for (const [email, outcome] of ledger.signUps) kept(`developer ${email}`, outcome, addresses.get(email) ?? 0);
  for (const { id, email } of stored.developers.filter(({ email }) => ledger.signUps.has(email))) {
    event('developer.signed-up', id);
    mail(email, 'Confirm your e-mail address for Partners');
  }

  const names = counts(stored.applications.map(({ name }) => name));
  const keyNames = counts(stored.keys.map(({ name }) => name));
  const registered = new Map(stored.registrations.map(({ name, ...registration }) => [name, registration]));
  const registeredNames = counts(stored.registrations.map(({ name }) => name));
  for (const { name, email, created, registered: asked, approved, keys } of ledger.applications) {
    kept(`application ${name}`, created, names.get(name) ?? 0);
    kept(`registration of ${name}`, asked, registeredNames.get(name) ?? 0);
    for (const [key, outcome] of keys) kept(`key ${key}`, outcome, keyNames.get(key) ?? 0);
    const registration = registered.get(name);
    if (approved === 'acknowledged' && registration?.status !== 'approved') lost.push(`approval of ${name}`);
    if (!registration) continue;
    event('registration.created', registration.id);
    mail(APPROVER, `${name} asks for Orders v1`);
    if (registration.status !== 'approved') continue;
    event('registration.approved', registration.id);
    mail(email, `${name} may use Orders v1`);
  }
  for (const { id } of stored.applications) event('application.created', id);
  for (const { id } of stored.keys) event('credential.created', id);
  for (const { kind, error } of stored.jobs) lost.push(`a job of the kind ${kind} was never done (${error ?? 'no error'})`);
  for (const { recipient, subject, status } of stored.mails)
    if (status !== 'sent') lost.push(`the mail to ${mailKey(recipient, subject)} is ${status}`);
  return { lost, doubled };
};
