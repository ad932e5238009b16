import type { StrategySummary } from '../../../domain/auth-strategies/index.ts';
import type { Context } from '../../../domain/context.ts';
import { findFragment, searchOperations } from '../../../domain/products/index.ts';
import { sampleRequestOf } from '../../../rendering/openapi/reference/samples/code-samples.ts';
import { curlSample } from '../../../rendering/openapi/reference/samples/languages/curl.ts';

/** How many operations are looked through for one that is easy to call. */
const MAX_LOOKED_AT = 20;

/** What stands for a key that cannot be shown any more. */
export const SOME_KEY = 'YOUR_API_KEY';

const PLAIN = { method: 'GET', url: 'https://api.example.com/', headers: [], body: undefined };

/** A request of a specification that only reads, if it has one, rather without something to fill in. */
const easyRequest = async (ctx: Context, contentHash: string | undefined) => {
  if (contentHash === undefined) return undefined;
  const reads = (await searchOperations(ctx, contentHash, 'get', MAX_LOOKED_AT)).filter(({ method }) => method === 'get');
  const read = reads.find(({ path }) => !path.includes('{')) ?? reads[0];
  const fragment = read && (await findFragment(ctx, contentHash, 'operation', read.address));
  return fragment === undefined ? undefined : sampleRequestOf(fragment);
};

/** A command that calls an API with a key; undefined where the application proves itself in another way. */
export const curlOf = async (
  ctx: Context,
  {
    strategy,
    contentHash,
    key = SOME_KEY,
  }: { strategy: StrategySummary | undefined; contentHash?: string | undefined; key?: string },
): Promise<string | undefined> => {
  if (strategy?.config.type !== 'key_auth') return undefined;
  const [keyName = 'apikey'] = strategy.config.keyNames;
  const request = (await easyRequest(ctx, contentHash)) ?? PLAIN;
  const others = request.headers.filter(([name]) => ![keyName.toLowerCase(), 'authorization'].includes(name.toLowerCase()));
  return curlSample({ ...request, headers: [...others, [keyName, key]] });
};
