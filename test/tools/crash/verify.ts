import { connect } from '../../../src/database/connect.ts';
import type { ReceivedMail } from '../../support/smtp.ts';
import type { Decided, Ledger, Outcome } from './ledger.ts';
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
      developers: await db.selectFrom('developers').select(['id', 'email', 'status', 'email_verified_at']).execute(),
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

  const unsaid = (recipient: string, subject: string): void => {
    const key = mailKey(recipient, subject);
    const found = (written.get(key) ?? 0) + (arrived.get(key) ?? 0);
    if (found > 0) doubled.push(`mail to ${key}, of what was taken back`);
  };
  /** What was decided stands, unless it was taken back; whoever it is about hears of what stands, once, and of nothing else. */
  const decision = (
    { type, id, status }: { readonly type: string; readonly id: string; readonly status: string },
    { approved, undone }: Decided,
    [recipient, subject]: readonly [string, string],
  ): void => {
    if (approved === 'acknowledged' && undone === undefined && status !== 'approved') lost.push(`approval of ${type} ${id}`);
    if (undone === 'acknowledged') {
      if (status !== 'pending') lost.push(`undoing of the approval of ${type} ${id}`);
      event(`${type}.approved`, id);
      event(`${type}.decision-undone`, id);
    }
    if (status === 'approved') {
      event(`${type}.approved`, id);
      mail(recipient, subject);
    } else unsaid(recipient, subject);
  };

  const addresses = counts(stored.developers.map(({ email }) => email));
  const developers = new Map(stored.developers.map((developer) => [developer.email, developer]));
  for (const newcomer of ledger.newcomers) {
    const { email, name, signedUp, confirmed } = newcomer;
    kept(`developer ${email}`, signedUp, addresses.get(email) ?? 0);
    const developer = developers.get(email);
    if (!developer) continue;
    event('developer.signed-up', developer.id);
    mail(email, 'Confirm your e-mail address for Partners');
    if (developer.email_verified_at === null) {
      if (confirmed === 'acknowledged') lost.push(`confirmation of ${email}`);
      continue;
    }
    event('developer.verified', developer.id);
    mail(email, 'Your request for access to Partners was received');
    mail(APPROVER, `${name} asks for access to Partners`);
    decision({ type: 'developer', ...developer }, newcomer, [email, 'Welcome to Partners']);
  }

  const names = counts(stored.applications.map(({ name }) => name));
  const keyNames = counts(stored.keys.map(({ name }) => name));
  const registered = new Map(stored.registrations.map(({ name, ...registration }) => [name, registration]));
  const registeredNames = counts(stored.registrations.map(({ name }) => name));
  for (const application of ledger.applications) {
    const { name, email, combined, created, registered: asked, keys } = application;
    kept(`application ${name}`, created, names.get(name) ?? 0);
    kept(`registration of ${name}`, asked, registeredNames.get(name) ?? 0);
    for (const [key, outcome] of keys) kept(`key ${key}`, outcome, keyNames.get(key) ?? 0);
    if (combined && names.get(name) !== registeredNames.get(name))
      lost.push(`half of ${name}, which is made and registered at once`);
    const registration = registered.get(name);
    if (!registration) continue;
    event('registration.created', registration.id);
    mail(APPROVER, `${name} asks for Orders v1`);
    decision({ type: 'registration', ...registration }, application, [email, `${name} may use Orders v1`]);
  }
  for (const { id } of stored.applications) event('application.created', id);
  for (const { id } of stored.keys) event('credential.created', id);
  for (const { kind, error } of stored.jobs) lost.push(`a job of the kind ${kind} was never done (${error ?? 'no error'})`);
  for (const { recipient, subject, status } of stored.mails)
    if (status !== 'sent') lost.push(`the mail to ${mailKey(recipient, subject)} is ${status}`);
  return { lost, doubled };
};
