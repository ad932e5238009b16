import type { Task, TaskName } from './task-types.ts';

/** The tasks that a child process can run; each loads what it needs when it first runs. */
export const tasks: { readonly [Name in TaskName]: () => Promise<Task<Name>> } = {
  examineSpecification: async () => (await import('./openapi/ingest/task.ts')).examineSpecificationTask,
  renderSpecification: async () => (await import('./openapi/ingest/task.ts')).renderSpecificationTask,
  renderDocument: async () => (await import('./markdown/task.ts')).renderDocumentTask,
  documentNodes: async () => (await import('./markdown/task.ts')).documentNodesTask,
  compareTexts: async () => (await import('./text-diff/task.ts')).compareTextsTask,
  readDocumentFiles: async () => (await import('./document-files/task.ts')).readDocumentFilesTask,
  drawDiagram: async () => (await import('./diagrams/task.ts')).drawDiagramTask,
  documentSections: async () => (await import('./markdown/task.ts')).documentSectionsTask,
  describeSchemas: async () => (await import('./openapi/schema-summaries.ts')).describeSchemasTask,
  describeOperation: async () => (await import('./openapi/console/task.ts')).describeOperationTask,
  compareSpecifications: async () => (await import('./openapi/changes/task.ts')).compareSpecificationsTask,
  excerptSpecification: async () => (await import('./openapi/excerpt.ts')).excerptSpecificationTask,
  convertSpecification: async () => (await import('./openapi/convert.ts')).convertSpecificationTask,
};
