import type { Task, TaskName } from './task-types.ts';

/** The tasks that a child process can run; each loads what it needs when it first runs. */
export const tasks: { readonly [Name in TaskName]: () => Promise<Task<Name>> } = {
  ingest: async () => (await import('./openapi/ingest/task.ts')).ingestTask,
  renderDocument: async () => (await import('./markdown/task.ts')).renderDocumentTask,
  convertSpecification: async () => (await import('./openapi/convert.ts')).convertSpecificationTask,
};
