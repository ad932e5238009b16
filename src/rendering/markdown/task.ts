import { emitBytes } from '../parts.ts';
import type { Task } from '../task-types.ts';
import { markdownToAst } from './ast.ts';
import { renderDocument } from './document.ts';
import { readSections } from './sections.ts';

/** Renders the document in the body: UTF-8. */
export const renderDocumentTask: Task<'renderDocument'> = async ({ base, images }, body) =>
  renderDocument(Buffer.from(body).toString('utf8'), base, images);

/** Makes a tree of nodes of the document in the body. */
export const documentNodesTask: Task<'documentNodes'> = async (_input, body, emit) => {
  await emitBytes(Buffer.from(JSON.stringify(markdownToAst(Buffer.from(body).toString('utf8')))), emit);
  return null;
};

/** Cuts the document in the body into sections, which travel in parts. */
export const documentSectionsTask: Task<'documentSections'> = async (_input, body, emit) => {
  await emitBytes(Buffer.from(JSON.stringify(readSections(Buffer.from(body).toString('utf8')))), emit);
  return null;
};
