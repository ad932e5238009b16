import { createHash } from 'node:crypto';

export const DIAGRAM_KINDS = ['mermaid', 'plantuml'] as const;
export type DiagramKind = (typeof DIAGRAM_KINDS)[number];

/** A diagram as its author wrote it. */
export interface DiagramSource {
  readonly kind: DiagramKind;
  readonly source: string;
}

/** A diagram as SVG, once for light pages and once for dark ones; or why it cannot be drawn. */
export type DrawnDiagram =
  | { readonly drawn: true; readonly light: string; readonly dark: string; readonly width: number; readonly height: number }
  | { readonly drawn: false; readonly message: string };

/** Bumped with every change of how diagrams are drawn: those of an older version are drawn anew. */
export const DIAGRAM_RENDERER_VERSION = 3;

/** Names that blocks of code go by, and the kind of diagram that they then hold. */
const LANGUAGES: ReadonlyMap<string, DiagramKind> = new Map([
  ['mermaid', 'mermaid'],
  ['plantuml', 'plantuml'],
  ['puml', 'plantuml'],
]);

/** Longer sources stay code, in UTF-16 units. */
export const MAX_DIAGRAM_LENGTH = 50_000;

/** How many blocks of a document are diagrams; more stay code. Each is drawn by itself, and takes up to seconds. */
export const MAX_DIAGRAMS = 100;

/** The kind of diagram that a block of code in a language holds, if it holds one. */
export const diagramKindOf = (language: string | undefined, source: string): DiagramKind | undefined =>
  language === undefined || source.trim() === '' || source.length > MAX_DIAGRAM_LENGTH ? undefined : LANGUAGES.get(language);

const FENCE_OF_DIAGRAM = /^.*(?:```|~~~)[ \t]*(?:mermaid|plantuml|puml)\b/im;

/** False for Markdown that holds no diagram, which is most of it: there is no need to parse that. */
export const mayHoldDiagrams = (markdown: string): boolean => FENCE_OF_DIAGRAM.test(markdown);

/** What a diagram is known by: the same source is the same diagram, wherever it stands. */
export const diagramHash = ({ kind, source }: DiagramSource): string =>
  createHash('sha256').update(`${kind}\n${source}`).digest('hex').slice(0, 40);

/** None looks further than a line: from each of many empty ones, the rest would be looked through again. */
const TITLES: readonly RegExp[] = [
  /^[ \t]*accTitle[ \t]*:[ \t]*(.+)$/m,
  /^[ \t]*(?:pie[ \t]+(?:showData[ \t]+)?)?title[ \t]*:?[ \t]+(.+)$/im,
  /^[ \t]*@start\w+[ \t]+(\w.*)$/m,
];
const MAX_TITLE = 160;

/** A line that says something: no directive, comment or frame. */
const isTelling = (line: string): boolean => line !== '' && !/^(?:%%|'|@start|@end|!|---|skinparam|hide\b)/.test(line);

/** What is said of a diagram to whoever does not see it: its title, or how its source begins. */
export const describeDiagram = ({ source }: Pick<DiagramSource, 'source'>): string => {
  const title = TITLES.map((pattern) => pattern.exec(source)?.[1]?.trim()).find(Boolean);
  const first = source
    .split('\n')
    .map((line) => line.trim())
    .find(isTelling);
  const text = title?.replace(/^["']|["']$/g, '') ?? (first === undefined ? 'Diagram' : `Diagram: ${first}`);
  return text.length > MAX_TITLE ? `${text.slice(0, MAX_TITLE - 1)}…` : text;
};
