import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The folder of the project. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Every file below a folder of the project, relative to the project, with `/`. */
export const filesBelow = (folder: string, extension: string): string[] => {
  const found: string[] = [];
  const visit = (at: string): void => {
    for (const name of readdirSync(path.join(ROOT, at)).sort()) {
      const file = `${at}/${name}`;
      if (statSync(path.join(ROOT, file)).isDirectory()) visit(file);
      else if (file.endsWith(extension)) found.push(file);
    }
  };
  visit(folder);
  return found;
};

export const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** One import of a source file: `target` is a file of the project, or the name of a package. */
export interface Import {
  readonly from: string;
  readonly target: string;
  readonly isPackage: boolean;
  readonly typeOnly: boolean;
  /** Whether it is loaded where it is needed, not with the file. */
  readonly isDynamic: boolean;
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** All imports of a TypeScript file, static and dynamic. */
export const importsOf = (file: string): Import[] => {
  const text = read(file);
  const found = [
    ...[...text.matchAll(STATEMENT)].map((match) => ({
      specifier: match[2] ?? '',
      typeOnly: match[1] !== undefined,
      isDynamic: false,
    })),
    ...[...text.matchAll(DYNAMIC)].map((match) => ({ specifier: match[1] ?? '', typeOnly: false, isDynamic: true })),
  ];
  return found.map(({ specifier, ...how }) => {
    const isPackage = !specifier.startsWith('.');
    const target = isPackage
      ? specifier.replace(/^node:.*/, (builtin) => builtin)
      : path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
    return { from: file, target, isPackage, ...how };
  });
};
