export { enqueue, enqueueForOrganisation, type Job, withdraw } from './outbox.ts';
export { type DueJob, listDueJobs, listFailingJobs, type OutboxName, postponeJob, takeJob } from './work.ts';
