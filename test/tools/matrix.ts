/**
 * The access matrix: every route × every kind of visitor, the answer that a table written by hand expects against the one that the
 * program gives.
 *
 *     npm run matrix [-- --break]           (against a copy of the program that lets everybody do everything)
 *     npm run matrix -- --only /account     (those routes only whose row holds this text)
 */
import { parseArgs } from 'node:util';
import { startApp } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { runAdministration } from './matrix/admin.ts';
import { createAdministrators } from './matrix/administrator-visitors.ts';
import { breakAndRun } from './matrix/break.ts';
import { uncovered } from './matrix/coverage.ts';
import { createPortalVisitors, runPortal } from './matrix/developers.ts';
import { runManagementApi } from './matrix/management-api.ts';
import { type Difference, undoing } from './matrix/run.ts';
import { createThings } from './matrix/world.ts';

const SHOWN = 60;

const show = (differences: readonly Difference[]): void => {
  for (const { route, visitor, expected, actual, answer } of differences.slice(0, SHOWN))
    console.log(`${route}\n  ${visitor}: expected ${expected}, got ${actual}  ${answer.slice(0, 160)}`);
  if (differences.length > SHOWN) console.log(`… and ${differences.length - SHOWN} more`);
};

/** Routes without a row, and rows without a route. */
const forgotten = (): Difference[] => {
  const { routes, rows } = uncovered();
  const cell = { visitor: 'everybody', answer: '' };
  return [
    ...routes.map((route) => ({ ...cell, route, expected: 'a row in the table', actual: 'none' })),
    ...rows.map((route) => ({ ...cell, route, expected: 'a route', actual: 'none' })),
  ];
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: { break: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  });
  if (values.break) return breakAndRun();
  const [us, eu] = [await freshDatabase('sqlite'), await freshDatabase('sqlite')];
  const app = await startApp(us, {
    env: { REGIONS: 'us,eu', DATABASE_URL_EU: 'eu-database', RATE_LIMIT_FACTOR: '0' },
    options: { connections: new Map([['eu-database', eu]]), ports: { resolveCname: () => Promise.resolve([]) } },
  });
  try {
    const made = await createThings(app);
    const { visitors, more } = await createPortalVisitors(app.ctx, made);
    const things = { ...made, ...more };
    const administrators = await createAdministrators(app, things);
    await app.installation.worker.runDue();
    const ask = await undoing(app, us);
    const faces = {
      'portal and its API': await runPortal(things, visitors, ask, values.only),
      administration: await runAdministration(things, administrators, ask, values.only),
      'management API': await runManagementApi(things, administrators, ask, values.only),
    };
    const differences = [...forgotten(), ...Object.values(faces).flatMap((face) => face.differences)];
    show(differences);
    for (const [name, face] of Object.entries(faces))
      console.log(`${name.padEnd(20)} ${String(face.cells).padStart(6)} cells  ${face.differences.length} differences`);
    const cells = Object.values(faces).reduce((sum, face) => sum + face.cells, 0);
    console.log(`cells ${cells}, differences ${differences.length}`);
    return differences.length === 0 ? 0 : 1;
  } finally {
    await app.close();
    await Promise.all([us.close(), eu.close()]);
  }
};

process.exitCode = await main();
