import highlight from 'highlight.js';
import MarkdownIt from 'markdown-it';
import { send } from '../support/app.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { largeDocument } from './material.ts';
import { median, printTable, round } from './measure.ts';

const CHARACTERS = 100_000;
const RUNS = 7;
const WARM_UPS = 3;
const READS = 5;

/** What everybody begins with: the parser as it comes, with the highlighter as it comes. */
const bare = new MarkdownIt({
  html: true,
  linkify: true,
  highlight: (code, language) => (highlight.getLanguage(language) ? highlight.highlight(code, { language }).value : ''),
});

const timed = async (act: () => unknown): Promise<number> => {
  const started = performance.now();
  await act();
  return performance.now() - started;
};

/** The page of a document of 100 KB, the first time after it was saved and when it is kept, against bare markdown-it and highlight.js. */
export const benchMarkdown = async (): Promise<void> => {
  const server = await startServerProcess({ LOG_LEVEL: 'warn', NODE_ENV: 'production' });
  try {
    const { save, read } = await prepare(server);
    const times = { bare: [] as number[], cold: [] as number[], warm: [] as number[] };
    for (let run = -WARM_UPS; run < RUNS; run++) {
      const text = largeDocument(CHARACTERS, run);
      await save(text);
      const cold = await timed(read);
      const warm: number[] = [];
      for (let n = 0; n < READS; n++) warm.push(await timed(read));
      const peer = await timed(() => bare.render(text));
      if (run < 0) continue;
      times.cold.push(cold);
      times.warm.push(median(warm));
      times.bare.push(peer);
    }
    const [peer, cold, warm] = [times.bare, times.cold, times.warm].map((all) => round(median(all), 1)) as [
      number,
      number,
      number,
    ];
    const ratios = { cold: round(cold / peer), warm: round(warm / peer) };
    printTable(
      ['100 KB of Markdown', 'time', 'ratio to bare'],
      [
        ['bare markdown-it and highlight.js, HTML alone', `${peer} ms`, 1],
        ['its page, first time', `${cold} ms`, ratios.cold],
        ['its page, kept', `${warm} ms`, ratios.warm],
      ],
    );
    console.log(JSON.stringify({ bench: 'markdown', ratios, milliseconds: { bare: peer, cold, warm } }));
  } finally {
    await server.stop();
  }
};

const prepare = async (server: ServerProcess): Promise<{ save(text: string): Promise<void>; read(): Promise<void> }> => {
  const token = server.run('token', 'create', '--name', 'bench').trim();
  const call = async (method: string, target: string, json: unknown): Promise<string> => {
    const answer = await send(server.port, method, `/v2${target}`, { token, json, host: 'localhost' });
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer.json.id;
  };
  const portal = await call('POST', '/portals', { name: 'bench', is_public: true });
  const product = await call('POST', '/api-products', { name: 'Documented', portal_ids: [portal] });
  await call('POST', `/api-products/${product}/product-versions`, { name: 'v1', publish_status: 'published' });
  const documents = `/api-products/${product}/documents`;
  const document = await call('POST', documents, { slug: 'guide', title: 'Guide', status: 'published', content: 'x' });
  return {
    save: async (content) => void (await call('PATCH', `${documents}/${document}`, { content })),
    read: async () => {
      const { status } = await send(server.port, 'GET', `/docs/${product}`, { host: 'localhost' });
      if (status !== 200) throw new Error(`the page answers ${status}`);
    },
  };
};
