import type { Operation } from './model/model.ts';
import { uniqueName } from './model/nodes.ts';

const SAFE_ID = /^[A-Za-z0-9._~-]{1,120}$/;
const MAX_SLUG_LENGTH = 120;

/** `.` and `..` have a meaning of their own in a URL's path; `.md` at its end asks for Markdown. */
const isSafe = (id: string): boolean => SAFE_ID.test(id) && !/^\.+$|\.md$/.test(id);

const slugOf = ({ method, path }: Operation): string => {
  const words = `${method} ${path === '/' ? 'root' : path}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-+/, '').slice(0, MAX_SLUG_LENGTH).replace(/-+$/, '') || 'operation';
};

/**
 * The address of each operation, in order: its operationId when it is safe in a URL and no other operation has it, else method and path
 * as a slug, numbered on collision. Unique without regard to letter case.
 */
export const operationAddresses = (operations: readonly Operation[]): string[] => {
  const uses = new Map<string, number>();
  for (const { operationId } of operations) {
    if (operationId !== undefined) uses.set(operationId.toLowerCase(), (uses.get(operationId.toLowerCase()) ?? 0) + 1);
  }
  const ids = operations.map(({ operationId }) =>
    operationId !== undefined && isSafe(operationId) && uses.get(operationId.toLowerCase()) === 1 ? operationId : undefined,
  );
  const taken = new Set(ids.flatMap((id) => id?.toLowerCase() ?? []));
  return operations.map((operation, index) => ids[index] ?? uniqueName(slugOf(operation), taken));
};
