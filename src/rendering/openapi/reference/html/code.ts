import { escapeHtml, html, raw, type SafeHtml } from '../../../../lib/html.ts';

const STRING = `"""[^]*?"""|"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\]|\\\\[^])*'|\`[^\`]*\``;

const words = (list: string): string => `\\b(?:${list.split(' ').join('|')})\\b`;

const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['shell', words('curl')],
  ['javascript', words('const await new true false null')],
  ['python', words('import None True False')],
  ['go', words('package import func var if nil defer')],
  ['java', words('import var new')],
  ['csharp', words('using var await new null')],
  ['php', words('echo new true false null')],
  ['ruby', words('require do end nil true false')],
]);

const rules = new Map<string, RegExp>();

/** One pattern a language: group 1 is a string, group 2 a JSON key's colon, group 3 a keyword, group 4 a number. */
const ruleOf = (language: string): RegExp => {
  let rule = rules.get(language);
  if (rule === undefined) {
    const keywords = language === 'json' ? words('true false null') : (KEYWORDS.get(language) ?? '$^');
    const key = language === 'json' ? '(?=(\\s*:))?' : '()';
    rule = new RegExp(`(${STRING})${key}|(${keywords})|(?<![\\w-])(-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)(?![\\w-])`, 'gi');
    rules.set(language, rule);
  }
  return rule;
};

const kindOf = (match: RegExpExecArray): string => {
  if (match[1] !== undefined) return match[2] ? 'attr' : 'string';
  return match[3] === undefined ? 'number' : 'keyword';
};

const highlightTokens = (code: string, language: string): string => {
  const rule = ruleOf(language);
  rule.lastIndex = 0;
  let out = '';
  let end = 0;
  for (let match = rule.exec(code); match !== null; match = rule.exec(code)) {
    out += `${escapeHtml(code.slice(end, match.index))}<span class="hljs-${kindOf(match)}">${escapeHtml(match[0])}</span>`;
    end = match.index + match[0].length;
  }
  return out + escapeHtml(code.slice(end));
};

const highlightXml = (code: string): string =>
  code
    .split(/(<[^<>]*>)/)
    .map((part, index) => (index % 2 === 1 ? `<span class="hljs-tag">${escapeHtml(part)}</span>` : escapeHtml(part)))
    .join('');

/**
 * Marks up code of our own making. highlight.js would take more than a second for the samples of a large document; these few rules take
 * a hundredth of that and use its class names, so that one stylesheet serves both.
 */
export const highlight = (code: string, language: string): string => {
  if (language === 'text') return escapeHtml(code);
  return language === 'xml' ? highlightXml(code) : highlightTokens(code, language);
};

/** A block of code, marked up already. `data-copy` lets a script add a copy button. */
export const codeBlock = (markup: string, language: string): SafeHtml =>
  html`<pre class="code" tabindex="0" data-copy><code class="hljs language-${language}">${raw(markup)}</code></pre>`;
