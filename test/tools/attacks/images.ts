import { deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { CHROMIUM, launchChromium } from '../../support/chromium.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { type Attack, attack, told } from './attempt.ts';
import type { Target } from './target.ts';

const PNG_HEAD = Buffer.from('89504e470d0a1a0a', 'hex');

const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
};

/** A PNG that says it is so large; its checksums are wrong. */
const png = (width: number, height: number, data: Buffer, ...more: Buffer[]): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([PNG_HEAD, chunk('IHDR', head), ...more, chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
};

/** Whatever runs says so: by a dialog, and at a server that waits for it. */
const scriptsOf = (trap: string): Readonly<Record<string, string>> => {
  const run = `fetch('${trap}/ran');document.title='executed';alert(1)`;
  return {
    'SVG with a script': `<svg xmlns="http://www.w3.org/2000/svg"><script>${run}</script></svg>`,
    'SVG with an event': `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"><rect width="9" height="9"/></svg>`,
    'SVG with HTML in it': `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="${run}"/></body></foreignObject></svg>`,
    'SVG that loads from elsewhere': `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="${trap}/loaded"/><use href="${trap}/loaded#x"/><style>@import "${trap}/loaded"</style></svg>`,
    'SVG with an entity': `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>`,
    HTML: `<!doctype html><script>${run}</script><img src=x onerror="${run}"><iframe src="javascript:${run}"></iframe>`,
    'HTML after the head of a PNG': `\u0089PNG\r\n\u001a\n<script>${run}</script>`,
    'HTML in a GIF': `GIF89a/*<script>${run}</script>*/=1;${run}`,
    'a script that is a GIF': `GIF89a=1;${run}`,
    XML: `<?xml version="1.0"?><?xml-stylesheet href="${trap}/loaded" type="text/xsl"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${run}</script></html>`,
    PDF: '%PDF-1.4 1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj',
    'a page for offline use': `CACHE MANIFEST\n# ${run}`,
  };
};

/** Types as data URLs may declare them: those of images, others, and such as hide others. */
const TYPES = [
  ...[
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/x-icon',
    'image/vnd.microsoft.icon',
    'image/svg+xml',
    'image/jpg',
    'image/webp',
    'IMAGE/PNG',
  ],
  ...[
    'text/html',
    'application/xhtml+xml',
    'text/xml',
    'application/javascript',
    'image/png, text/html',
    'image/png;text/html',
    'image/png\r\nX-Forged: 1',
  ],
  ...[
    'image/png;charset=utf-7',
    'image/svg+xml;image/png',
    'image/*',
    '',
    'image/png;base64;base64',
    'text/html;x=data:image/png',
  ],
];

const KINDS = ['logo', 'favicon', 'catalog_cover'] as const;

/** Opens a page and all that is on it. Answers what ran, if anything did. */
const look = async (page: Page, address: string): Promise<string | undefined> => {
  let ran: string | undefined;
  page.removeAllListeners('dialog').on('dialog', (dialog) => {
    ran = `a dialog: ${dialog.message()}`;
    void dialog.dismiss();
  });
  await page.goto(address, { waitUntil: 'load' }).catch(() => undefined);
  return ran ?? ((await page.title().catch(() => '')) === 'executed' ? 'a script set the title' : undefined);
};

/** Images that are none, looked at in a real browser from the portal's own origin. */
export const hostileImages = async (target: Target): Promise<Attack[]> => {
  const uploads = attack('hostile images: uploaded');
  const shown = attack('hostile images: opened in a browser');
  if (CHROMIUM === undefined) {
    shown.try('there is no Chromium here, so nothing was shown', true);
    return [shown];
  }
  const trap = await startHttpServer((_req, res) => {
    res.setHeader('Access-Control-Allow-Origin', '*').end();
  });
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    const { here, there, outsider, master } = target;
    const [portal, host] = [String(there['portal']), `${outsider.host}:${target.port()}`];
    const payloads: Record<string, Buffer> = {
      ...Object.fromEntries(
        Object.entries(scriptsOf(`http://127.0.0.1:${trap.port}`)).map(([name, text]) => [
          name,
          Buffer.from(text, name.includes('PNG') ? 'latin1' : 'utf8'),
        ]),
      ),
      'a bomb: 60,000 × 60,000': png(60_000, 60_000, deflateSync(Buffer.alloc(20_000_000))),
      'huge dimensions': png(0x7fffffff, 0x7fffffff, deflateSync(Buffer.alloc(10))),
      'no dimensions': png(0, 0, Buffer.alloc(0)),
      'text that unpacks to 50 MB': png(
        1,
        1,
        deflateSync(Buffer.alloc(4)),
        chunk('zTXt', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(50_000_000))])),
      ),
      'an endless chunk': Buffer.concat([PNG_HEAD, Buffer.from('ffffffff49484452', 'hex')]),
      nothing: Buffer.alloc(0),
      'two million bytes': Buffer.alloc(2_000_000, 1),
    };
    const store = (kind: string, data: string) =>
      target.request('PATCH', `/v2/portals/${portal}/appearance`, {
        token: master.token,
        json: { images: { [kind]: { data, filename: '../../<x>".html' } } },
      });
    const open = async (what: string, kind: string): Promise<void> => {
      const short = kind.replaceAll('_', '-');
      const login = await target.request('GET', '/login', { host: outsider.host });
      const images = [...login.text.matchAll(/\/images\/[\w-]+\/\w+/g)].map(([path]) => path);
      const paths = [...new Set([...images, `/api/v2/portal/${short}`, '/favicon.ico', '/login'])];
      for (const path of paths) {
        const ran = await look(page, `http://${host}${path}`);
        const { headers } = await target.request('GET', path, { host: outsider.host });
        const isBare = path !== '/login' && !(headers['content-security-policy'] ?? '').includes('sandbox');
        const isSniffed =
          headers['x-content-type-options'] !== 'nosniff' ||
          /html|xml|script/.test(path === '/login' ? '' : (headers['content-type'] ?? ''));
        shown.try(
          `${what} at ${path}: ${ran ?? headers['content-type']}`,
          ran !== undefined || isBare || isSniffed || 'x-forged' in headers,
        );
      }
    };
    for (const [name, bytes] of Object.entries(payloads))
      for (const type of TYPES)
        for (const [n, kind] of KINDS.entries()) {
          const answer = await store(kind, `data:${type};base64,${bytes.toString('base64')}`);
          const isImage = /^image\/(png|jpeg|gif|x-icon|vnd\.microsoft\.icon|ico|icon)$/.test(type);
          const what = `${name} as ${JSON.stringify(type)}`;
          uploads.try(`${what}: ${told(answer)}`, answer.status >= 500 || (answer.status < 300 && !isImage));
          if (answer.status < 300 && n === 0 && (type === 'image/png' || type === 'image/x-icon')) await open(what, kind);
        }
    for (const data of [
      'data:text/html,<script>alert(1)</script>',
      'data:image/png,<script>',
      'data:image/svg+xml;utf8,<svg/>',
      'javascript:alert(1)',
      'http://evil.example/x.png',
      '//evil.example/x.png',
      'data:image/png;base64,PHN2Zz4\n',
      'data:image/png;base64,====',
      '',
      'file:///etc/passwd',
    ]) {
      const answer = await store('logo', data);
      uploads.try(`${data}: ${told(answer)}`, answer.status < 400 || answer.status >= 500);
    }
    for (const [name, bytes] of Object.entries(payloads))
      for (const file of [
        'x.svg',
        'x.html',
        'x.png.html',
        'x',
        'x.png',
        '../../x.png',
        'x.png\r\nX-Forged: 1.png',
        'x.svg\u0000.png',
      ]) {
        const data = new FormData();
        data.append('_csrf', master.csrf);
        data.append('act', 'upload');
        data.append('file', new Blob([new Uint8Array(bytes)], { type: 'text/html' }), file);
        const sent = new Response(data);
        const answer = await target.as(master, 'POST', `/admin/us/portals/${here['portal']}/appearance/images/logo`, {
          headers: { 'content-type': sent.headers.get('content-type') ?? '' },
          body: Buffer.from(await sent.arrayBuffer()),
        });
        const isStored = answer.status === 303 && !/\.png$/.test(file);
        uploads.try(`${name} as the file ${file}: ${told(answer)}`, answer.status >= 500 || (isStored && bytes.length > 0));
      }
    const kept = await look(page, `http://${BASE(target)}/admin/us/portals/${here['portal']}/appearance/images/logo`);
    shown.try(`the administration's own view: ${kept}`, kept !== undefined);
    for (const { path } of trap.received) shown.try(`something asked for ${path}`, true);
  } finally {
    await browser.close();
    await trap.close();
  }
  return [uploads, shown];
};

const BASE = (target: Target): string => `localhost:${target.port()}`;
