export { enqueue, enqueueForOrganisation, type Job, withdraw } from './outbox.ts';
export { type DueJob, type FailingJob, listDueJobs, listFailingJobs, type OutboxName, postponeJob, takeJob } from './work.ts';
