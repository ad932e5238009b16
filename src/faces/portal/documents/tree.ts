import type { VisibleDocument } from '../../../domain/visibility/index.ts';

/** A document and those below it. */
export interface DocumentBranch {
  readonly document: VisibleDocument;
  readonly children: readonly DocumentBranch[];
}

/** The tree of a product's documents; they come with siblings in order. */
export const branchesOf = (documents: readonly VisibleDocument[]): DocumentBranch[] => {
  const below = new Map<VisibleDocument['parentId'], VisibleDocument[]>();
  for (const document of documents) {
    const siblings = below.get(document.parentId);
    if (siblings) siblings.push(document);
    else below.set(document.parentId, [document]);
  }
  const from = (parentId: VisibleDocument['parentId']): DocumentBranch[] =>
    (below.get(parentId) ?? []).map((document) => ({ document, children: from(document.id) }));
  return from(null);
};

/** The documents of a tree in reading order: each before those below it. */
export const readingOrder = (branches: readonly DocumentBranch[]): VisibleDocument[] =>
  branches.flatMap(({ document, children }) => [document, ...readingOrder(children)]);

/** The way down to a document, itself last. */
export const pathTo = (branches: readonly DocumentBranch[], id: VisibleDocument['id']): VisibleDocument[] => {
  for (const { document, children } of branches) {
    if (document.id === id) return [document];
    const path = pathTo(children, id);
    if (path.length > 0) return [document, ...path];
  }
  return [];
};
