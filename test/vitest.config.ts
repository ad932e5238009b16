import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/postgres-server.ts'],
    pool: 'forks',
    // One more than small machines have cores: what a worker waits for, such as a browser, a child or a deadline, leaves its core to another.
    maxWorkers: 3,
    // A file of tests finds modules as the one before it left them, so none may keep anything in a module; a third of the time is saved.
    isolate: false,
  },
});
