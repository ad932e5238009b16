// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u001f\u007f]/;
const MAX_LENGTH = 500;

/** The name of a file in an upload as a path below its root; undefined for one that leads out of it, or hides what it is. */
export const cleanPath = (name: string): string | undefined => {
  const path = name.replaceAll('\\', '/');
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || CONTROLS.test(path) || path.length > MAX_LENGTH) return undefined;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') || parts.length === 0 ? undefined : parts.join('/');
};

/** What systems leave in folders, and nobody means to upload. */
export const isLitter = (path: string): boolean =>
  path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(part));

export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A relative address as a path, seen from a folder; undefined when it leads out of the root. */
export const resolvePath = (folder: string, address: string): string | undefined => {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of address.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};

/** Paths without the one folder that all of them lie in, unless that is a page itself, by its index. */
export const withoutCommonFolder = <T extends { readonly path: string }>(files: readonly T[]): T[] => {
  const [root] = files[0]?.path.split('/') ?? [];
  const isPage = files.some(({ path }) => path === `${root}/index.md`);
  if (root === undefined || isPage || !files.every(({ path }) => path.startsWith(`${root}/`))) return [...files];
  return files.map((file) => ({ ...file, path: file.path.slice(root.length + 1) }));
};
