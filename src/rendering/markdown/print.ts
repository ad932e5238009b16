import type MarkdownIt from 'markdown-it';
import type { Environment } from './parser.ts';
import { OWN_ID, sanitise } from './sanitise.ts';
import type { Token } from './tokens.ts';

const HELD_BACK = new RegExp(`<div id="${OWN_ID}code-(\\d+)"></div>`, 'g');

/** Tokens as safe HTML: sanitised if there is raw HTML among them. */
export const print = (parser: MarkdownIt, tokens: Token[], env: Environment): string => {
  const html = parser.renderer.render(tokens, parser.options, env);
  if (!env.heldBack) return html;
  const { heldBack } = env;
  return sanitise(html, env)
    .replace(HELD_BACK, (_, at: string) => heldBack[Number(at)] ?? '')
    .replaceAll(OWN_ID, '');
};
