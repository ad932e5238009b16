import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FONT_NAMES, type FontName } from '../rendering/theme/index.ts';

/** Weights that pages use; a family has those of them that exist. */
const WEIGHTS = [400, 500, 600, 700];

/** One font file: a family's weight and style for one range of characters. */
interface Face {
  readonly file: string;
  readonly weight: number;
  readonly style: 'normal' | 'italic';
  readonly unicodeRange: string;
}

/** A family as installed. */
interface Family {
  readonly name: FontName;
  /** Changes with the package's content. */
  readonly version: string;
  readonly directory: string;
  readonly faces: readonly Face[];
}

/** The fonts that this server offers to portals. */
export interface Fonts {
  /** `@font-face` rules for the families, with addresses below `prefix`. */
  faceCss(names: readonly FontName[], prefix: string): string;
  /** The path on disk of a font file, `undefined` unless both parts are exactly those of {@link faceCss}. */
  locate(version: string, file: string): string | undefined;
}

const require = createRequire(import.meta.url);

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const packageOf = (name: FontName): string => name.toLowerCase().replaceAll(' ', '-');

const readFamily = (name: FontName): Family => {
  const id = packageOf(name);
  const manifest = require.resolve(`@fontsource/${id}/package.json`);
  const directory = dirname(manifest);
  const { weights, styles } = readJson(join(directory, 'metadata.json')) as { weights: number[]; styles: string[] };
  const ranges = Object.entries(readJson(join(directory, 'unicode.json')) as Record<string, string>);
  const available = WEIGHTS.filter((weight) => weights.includes(weight)).map((weight) => ({ weight, style: 'normal' as const }));
  const variants = styles.includes('italic') ? [...available, { weight: 400, style: 'italic' as const }] : available;
  return {
    name,
    version: createHash('sha256').update(readFileSync(manifest)).digest('base64url').slice(0, 10),
    directory: join(directory, 'files'),
    faces: variants.flatMap(({ weight, style }) =>
      ranges.map(([subset, unicodeRange]) => ({ file: `${id}-${subset}-${weight}-${style}.woff2`, weight, style, unicodeRange })),
    ),
  };
};

const faceRule = (family: Family, face: Face, prefix: string): string =>
  `@font-face {
  font-family: '${family.name}';
  font-style: ${face.style};
  font-weight: ${face.weight};
  font-display: swap;
  src: url('${prefix}/${family.version}/${face.file}') format('woff2');
  unicode-range: ${face.unicodeRange};
}
`;

/** Reads what font packages are installed; throws when one of the closed list is missing. */
export const readFonts = (): Fonts => {
  const families = new Map(FONT_NAMES.map((name) => [name, readFamily(name)]));
  const paths = new Map(
    [...families.values()].flatMap((family) =>
      family.faces.map(({ file }): [string, string] => [`${family.version}/${file}`, join(family.directory, file)]),
    ),
  );
  return {
    faceCss: (names, prefix) =>
      names
        .flatMap((name) => families.get(name) ?? [])
        .flatMap((family) => family.faces.map((face) => faceRule(family, face, prefix)))
        .join(''),
    locate: (version, file) => paths.get(`${version}/${file}`),
  };
};
