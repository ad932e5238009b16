/**
 * Runs the tests of the JSON faces through the validating proxy of the contract, and prints its tally: which operations
 * succeeded, which documented refusals were seen, where an answer does not fit. The proxy's folder comes from CONTRACT_DIR.
 *
 *     npm run contract [-- --at-least 59]
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/source.ts';

interface Report {
  readonly covered: number;
  readonly violations: readonly unknown[];
  readonly rows: readonly {
    id: string;
    method: string;
    path: string;
    extra: boolean;
    succeeded: boolean;
    statuses: Record<string, number>;
  }[];
}

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly template: string;
  readonly responses: Record<string, unknown>;
}

interface ContractProxy {
  startProxy(options: { target: string; port: number }): Promise<{ server: Server; port: number; tally: { report(): Report } }>;
  asText(report: Report): string;
  loadOperations(): Operation[];
}

/** Refusals that must be exercised wherever they are documented. */
const REFUSALS = ['400', '401', '404', '409', '415'];

/** Refusals that are documented, but that nothing could cause: the decisions of `src/README.md` say why. */
const IMPOSSIBLE = new Set([
  'GET /api/v2/applications/{applicationId}/credentials: 409',
  'DELETE /api/v2/applications/{applicationId}/credentials/{credentialId}: 409',
  'GET /v2/api-products: 404',
  'GET /v2/portals/appearance-defaults: 404',
  'PATCH /v2/api-products/{apiProductId}/product-versions/{apiProductVersionId}/specifications/{specificationId}: 409',
  'POST /api/v2/developer/reset-password: 401',
]);

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { 'at-least': { type: 'string', default: '0' } } });
  const folder = path.resolve(process.env['CONTRACT_DIR'] ?? path.join(ROOT, '../shared/contract'));
  if (!existsSync(path.join(folder, 'proxy.mjs'))) {
    console.error(`There is no proxy.mjs in ${folder}; name its folder in CONTRACT_DIR.`);
    return 1;
  }
  const work = mkdtempSync(path.join(tmpdir(), 'portico-contract-'));
  try {
    cpSync(folder, work, { recursive: true, filter: (source) => !source.includes('node_modules') });
    execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
    const contract = (await import(pathToFileURL(path.join(work, 'proxy.mjs')).href)) as ContractProxy;
    return await tally(contract, Number(values['at-least']));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

const tally = async (contract: ContractProxy, atLeast: number): Promise<number> => {
  const dispatcher = await listen();
  const proxy = await contract.startProxy({ target: `http://127.0.0.1:${(dispatcher.address() as AddressInfo).port}`, port: 0 });
  const passed = await runTests(proxy.port);
  const report = proxy.tally.report();
  proxy.server.close();
  dispatcher.close();
  const missing = missingRefusals(contract.loadOperations(), report);
  console.log(table(report));
  const [tallied = '', ...above] = contract.asText(report).trimEnd().split('\n').reverse();
  console.log(above.reverse().join('\n'));
  const failures = [
    ...(missing.length > 0 ? [`documented refusals never seen:\n${missing.map((line) => `  ${line}`).join('\n')}`] : []),
    ...(passed ? [] : ['the tests themselves failed']),
    ...(report.violations.length > 0 ? [`violations: ${report.violations.length}, named above`] : []),
    ...(report.covered < atLeast ? [`fewer operations than the ${atLeast} that must succeed`] : []),
  ];
  if (failures.length > 0) console.log(`contract not kept:\n${failures.join('\n')}`);
  console.log(tallied);
  return failures.length === 0 ? 0 : 1;
};

/** Forwards what comes from the proxy to the application that the test named in `x-contract-target`. */
const listen = (): Promise<Server> => {
  const server = createServer((req, res) => {
    const { 'x-contract-target': target, ...headers } = req.headers;
    const onward = request(
      { host: '127.0.0.1', port: Number(target), method: req.method, path: req.url, headers, agent: false },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    onward.once('error', (error) => res.destroy(error));
    req.pipe(onward);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
};

const runTests = (proxyPort: number): Promise<boolean> =>
  new Promise((resolve) => {
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--config', 'test/vitest.config.ts', 'test/faces/management-api', 'test/faces/portal-api'];
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, CONTRACT_PROXY_PORT: String(proxyPort) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('close', (code) => resolve(code === 0));
  });

const table = (report: Report): string =>
  report.rows
    .filter(({ succeeded }) => succeeded)
    .map(({ method, path: template, statuses }) => {
      const seen = Object.entries(statuses).map(([status, count]) => `${status}×${count}`);
      return `${method.padEnd(6)} ${template.padEnd(100)} ${seen.join(' ')}`;
    })
    .join('\n');

/** Refusals that the description of a succeeding operation names and no test provoked. */
const missingRefusals = (operations: readonly Operation[], report: Report): string[] =>
  report.rows
    .filter(({ succeeded }) => succeeded)
    .flatMap((row) => {
      const operation = operations.find(({ method, template }) => method === row.method && template === row.path);
      return REFUSALS.filter((status) => operation?.responses[status] !== undefined && row.statuses[status] === undefined).map(
        (status) => `${row.method} ${row.path}: ${status}`,
      );
    })
    .filter((refusal) => !IMPOSSIBLE.has(refusal));

process.exitCode = await main();
