/** What the server process may load: nothing here parses. The rest of this folder runs in a child process, by way of `task.ts`. */

export type { StoredFragment } from './fragments.ts';
export { decodeFragment } from './fragments.ts';
export { DEFAULT_INGEST_LIMITS } from './limits.ts';
export { tooLarge } from './refusal.ts';
