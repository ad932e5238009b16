import type { DocumentId } from '../../ids.ts';

/** What the tree is made of: each node knows its parent and its place among its siblings. */
interface Placed {
  readonly id: DocumentId;
  readonly parentId: DocumentId | null;
  readonly position: number;
}

/** A node with those below it, in order. */
export type Tree<T> = T & { readonly children: readonly Tree<T>[] };

/** How deep documents may nest. */
export const MAX_DEPTH = 20;

/** Children by parent (null: the top level), each list in order. */
const childrenByParent = <T extends Placed>(nodes: readonly T[]): Map<DocumentId | null, T[]> => {
  const children = new Map<DocumentId | null, T[]>();
  for (const node of [...nodes].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))) {
    const siblings = children.get(node.parentId);
    if (siblings) siblings.push(node);
    else children.set(node.parentId, [node]);
  }
  return children;
};

/** The whole tree, from the top level down. */
export const treeOf = <T extends Placed>(nodes: readonly T[]): Tree<T>[] => {
  const children = childrenByParent(nodes);
  const below = (parent: DocumentId | null): Tree<T>[] =>
    (children.get(parent) ?? []).map((node) => ({ ...node, children: below(node.id) }));
  return below(null);
};

/** The nodes in reading order: each before those below it. */
export const inReadingOrder = <T extends Placed>(nodes: readonly T[]): T[] => {
  const children = childrenByParent(nodes);
  const from = (parent: DocumentId | null): T[] => (children.get(parent) ?? []).flatMap((node) => [node, ...from(node.id)]);
  return from(null);
};

/** Whether a node is below another, or that node itself. */
export const isWithin = (nodes: readonly Placed[], id: DocumentId, ancestor: DocumentId): boolean =>
  pathTo(nodes, id).includes(ancestor);

/** How many levels a node is from the top; 1 at the top. */
export const depthOf = (nodes: readonly Placed[], id: DocumentId): number => pathTo(nodes, id).length;

/** The ids from a node up to the top level. */
const pathTo = (nodes: readonly Placed[], id: DocumentId): DocumentId[] => {
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]));
  const path: DocumentId[] = [];
  for (let at: DocumentId | null | undefined = id; at && !path.includes(at); at = parents.get(at)) path.push(at);
  return path;
};

/** How many levels a node takes with all below it; 1 without children. */
export const heightOf = (nodes: readonly Placed[], id: DocumentId): number => {
  const children = childrenByParent(nodes);
  const height = (of: DocumentId): number => 1 + Math.max(0, ...(children.get(of) ?? []).map((child) => height(child.id)));
  return height(id);
};

/** The place after the last child of a parent. */
export const nextPosition = (nodes: readonly Placed[], parentId: DocumentId | null): number =>
  Math.max(-1, ...nodes.filter((node) => node.parentId === parentId).map((node) => node.position)) + 1;

/** The place of a node that becomes, or stays, the last child of a parent. */
export const lastPosition = (nodes: readonly Placed[], node: Placed, parentId: DocumentId | null): number => {
  const next = nextPosition(
    nodes.filter(({ id }) => id !== node.id),
    parentId,
  );
  return parentId === node.parentId ? Math.max(node.position, next) : next;
};

/** Where each document stands once one is gone: its children take its place among its siblings. Answers only those that move. */
export const placesWithout = (nodes: readonly Placed[], id: DocumentId): Placed[] => {
  const gone = nodes.find((node) => node.id === id);
  if (!gone) return [];
  const children = childrenByParent(nodes);
  return (children.get(gone.parentId) ?? [])
    .flatMap((sibling) => (sibling.id === id ? (children.get(id) ?? []) : [sibling]))
    .map((node, position) => ({ id: node.id, parentId: gone.parentId, position, before: node }))
    .filter(({ parentId, position, before }) => before.parentId !== parentId || before.position !== position)
    .map(({ before: _before, ...placed }) => placed);
};

/** Where each document stands once one has another place, among the children of any parent. Answers only those that move. */
export const placesWith = (
  nodes: readonly Placed[],
  id: DocumentId,
  { parentId, index }: { readonly parentId: DocumentId | null; readonly index: number },
): Placed[] => {
  const moved = nodes.find((node) => node.id === id);
  if (!moved) return [];
  const others = (childrenByParent(nodes).get(parentId) ?? []).filter((node) => node.id !== id);
  return others
    .toSpliced(Math.max(0, index), 0, moved)
    .map((node, position) => ({ id: node.id, parentId, position, before: node }))
    .filter(({ position, before }) => before.parentId !== parentId || before.position !== position)
    .map(({ before: _before, ...placed }) => placed);
};
