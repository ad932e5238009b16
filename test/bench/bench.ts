/**
 * Measures, and prints ratios: each figure compares with a peer in the same run, for absolute times wander.
 *
 *     npm run bench [-- pages | signed-in | ingest | start | scale | search …]      (all of them when none is named)
 */
import { benchIngest } from './ingest.ts';
import { benchPages } from './pages.ts';
import { benchScale } from './scale.ts';
import { benchSearch } from './search.ts';
import { benchSignedIn } from './signed-in.ts';
import { benchStart } from './start.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  pages: benchPages,
  'signed-in': benchSignedIn,
  ingest: benchIngest,
  start: benchStart,
  scale: benchScale,
  search: benchSearch,
};

const main = async (): Promise<number> => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}.`);
    return 2;
  }
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) await BENCHES[name]?.();
  return 0;
};

process.exitCode = await main();
