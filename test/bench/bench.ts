/**
 * Measures, and prints ratios: each figure compares with a peer in the same run, for absolute times wander.
 *
 *     npm run bench [-- pages | signed-in | markdown | reference [DOCUMENT…] | ingest | start | scale | search …]   (all when none is named)
 *
 * `reference` shows single ones of its documents where they are named after it.
 */
import { benchIngest } from './ingest.ts';
import { benchMarkdown } from './markdown.ts';
import { benchPages } from './pages.ts';
import { benchReference } from './reference.ts';
import { benchScale } from './scale.ts';
import { benchSearch } from './search.ts';
import { benchSignedIn } from './signed-in.ts';
import { benchStart } from './start.ts';

type Bench = (choices: readonly string[]) => Promise<void>;

const BENCHES: Readonly<Record<string, Bench>> = {
  pages: benchPages,
  'signed-in': benchSignedIn,
  markdown: benchMarkdown,
  reference: benchReference,
  ingest: benchIngest,
  start: benchStart,
  scale: benchScale,
  search: benchSearch,
};

const CHOOSING = 'reference';

/** The benches that are named, each with what is chosen of it; undefined when something is neither. */
const readArguments = (words: readonly string[]): [name: string, choices: string[]][] | undefined => {
  const named: [string, string[]][] = [];
  for (const word of words) {
    const [name, choices] = named.at(-1) ?? [];
    if (Object.hasOwn(BENCHES, word)) named.push([word, []]);
    else if (name === CHOOSING) choices?.push(word);
    else return undefined;
  }
  return named;
};

const main = async (): Promise<number> => {
  const words = process.argv.slice(2);
  const named = readArguments(words);
  if (!named) {
    console.error(
      `Not understood: ${words.join(' ')}. There are: ${Object.keys(BENCHES).join(', ')}; documents follow ${CHOOSING}.`,
    );
    return 2;
  }
  const all = Object.keys(BENCHES).map((name): [string, string[]] => [name, []]);
  for (const [name, choices] of named.length > 0 ? named : all) await BENCHES[name]?.(choices);
  return 0;
};

process.exitCode = await main();
