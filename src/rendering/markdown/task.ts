import type { Task } from '../task-types.ts';
import { renderDocument } from './document.ts';

/** Renders the document in the body: UTF-8. */
export const renderDocumentTask: Task<'renderDocument'> = async ({ base }, body) =>
  renderDocument(Buffer.from(body).toString('utf8'), base);
