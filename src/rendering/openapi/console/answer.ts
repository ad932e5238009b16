import { html, type SafeHtml } from '../../../lib/html.ts';
import { inBytes } from '../../../lib/text.ts';
import { codeBlock, highlight } from '../reference/html/code.ts';
import { statusKind } from '../reference/html/status-kind.ts';
import { indentJson } from './indent-json.ts';

/** What an API answered. */
export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly milliseconds: number;
}

/** Characters of a body that are shown. */
const MAX_SHOWN = 100_000;

type Language = 'json' | 'xml' | 'text';

const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/[/+]json\b/i, 'json'],
  [/[/+]xml\b|\/html\b/i, 'xml'],
  [/^text\/|\b(?:yaml|javascript|ecmascript|graphql|ndjson|jsonl|x-www-form-urlencoded|csv)\b/i, 'text'],
];

const decode = (body: Uint8Array, type: string): string | undefined => {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return undefined; // a charset that nobody knows
  }
};

/** The text of a body that says nothing of its type, if it is any. */
const guess = (body: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};

const printText = (text: string, language: Language): SafeHtml => {
  const laidOut = language === 'json' ? (indentJson(text, MAX_SHOWN) ?? text) : text;
  const shown = laidOut.slice(0, MAX_SHOWN);
  const isCut = laidOut.length > MAX_SHOWN;
  return html`<div class="sample-stack"><div class="sample">${codeBlock(highlight(shown, language), language)}</div></div>${
    isCut && html`<p class="sample-note">Shortened: the first ${MAX_SHOWN} characters.</p>`
  }`;
};

const printBody = (body: Uint8Array, type: string): SafeHtml => {
  if (body.length === 0) return html`<p class="muted">No body.</p>`;
  const language = LANGUAGES.find(([pattern]) => pattern.test(type))?.[1];
  const text = language === undefined && type !== '' ? undefined : language === undefined ? guess(body) : decode(body, type);
  if (text === undefined) return html`<p class="muted">A body that is no text${type !== '' && html`: <code>${type}</code>`}.</p>`;
  return printText(text, language ?? (/^\s*[[{]/.test(text) ? 'json' : 'text'));
};

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

const headerOf = ({ headers }: ConsoleAnswer, name: string): string =>
  headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? '';

/** An answer: its status, how long it took, its headers, its body. */
export const printAnswer = (answer: ConsoleAnswer): SafeHtml => {
  const { status, headers, body, milliseconds } = answer;
  const location = headerOf(answer, 'location');
  const isPacked = headerOf(answer, 'content-encoding') !== '';
  return html`<p class="console-facts"><span class="status status-${statusKind(String(status))}">${status}</span><span>${Math.round(
    milliseconds,
  )} ms</span><span>${inBytes(body.length, 'up')}</span></p>${
    isRedirect(status) &&
    html`<p class="console-note">A redirect${location !== '' && html` to <code>${location}</code>`}, which is not followed.</p>`
  }<section class="samples"><h3>Body</h3>${printBody(body, isPacked ? 'compressed' : headerOf(answer, 'content-type'))}</section><details class="console-headers"><summary>Headers (${headers.length})</summary><dl class="pairs">${headers.map(
    ([name, value]) => html`<div><dt><code>${name}</code></dt><dd><code>${value}</code></dd></div>`,
  )}</dl></details>`;
};

/** Why there is no answer. */
export const printFailure = (title: string, text: string): SafeHtml =>
  html`<p class="console-facts"><span class="status status-danger">No answer</span><span>${title}</span></p><p class="console-note">${text}</p>`;
