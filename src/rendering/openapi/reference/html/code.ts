import { html, raw, type SafeHtml } from '../../../../lib/html.ts';

/** For element content alone: quotes stay, which keeps code short. */
const escapeCode = (code: string): string =>
  code.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));

/** Strings; one that does not end is matched too, or the code would be looked through again from every quote in it. */
const STRING = `"""[^]*?"""|"(?:[^"\\\\\\n]|\\\\.)*"?|'(?:[^'\\\\]|\\\\[^])*'?|\`[^\`]*\``;

const words = (list: string): string => `\\b(?:${list.split(' ').join('|')})\\b`;

const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['json', words('true false null')],
  ['shell', words('curl')],
  ['javascript', words('const await new true false null')],
  ['typescript', words('const await new throw if true false null')],
  ['python', words('import None True False')],
  ['go', words('package import func var if nil defer')],
  ['java', words('import var new')],
  ['csharp', words('using var await new null')],
  ['php', words('echo new true false null')],
  ['ruby', words('require do end nil true false')],
  ['rust', words('fn let')],
]);

const rules = new Map<string, RegExp>();

/** One pattern a language: group 1 is a string, group 2 the colon that makes it a key of JSON. */
const ruleOf = (language: string): RegExp => {
  let rule = rules.get(language);
  if (rule === undefined) {
    const key = language === 'json' ? '(\\s*:)?' : '()';
    rule = new RegExp(`(${STRING})${key}|${KEYWORDS.get(language) ?? '(?!)'}`, 'g');
    rules.set(language, rule);
  }
  return rule;
};

/** Whether a string is none that ends, but an apostrophe and all that follows. */
const isApostrophe = (text: string): boolean => text.startsWith("'") && (text.length === 1 || !text.endsWith("'"));

/** Strings (`i`) and keywords (`b`); keys of JSON stay as they are, so that values stand out, and so does what an apostrophe begins. */
const elementOf = (match: RegExpExecArray): 'i' | 'b' | undefined => {
  if (match[1] === undefined) return 'b';
  return match[2] || isApostrophe(match[1]) ? undefined : 'i';
};

const highlightTokens = (code: string, language: string): string => {
  const rule = ruleOf(language);
  rule.lastIndex = 0;
  let out = '';
  let end = 0;
  for (let match = rule.exec(code); match !== null; match = rule.exec(code)) {
    const element = elementOf(match);
    if (element === undefined) continue;
    out += `${escapeCode(code.slice(end, match.index))}<${element}>${escapeCode(match[0])}</${element}>`;
    end = match.index + match[0].length;
  }
  return out + escapeCode(code.slice(end));
};

const highlightXml = (code: string): string =>
  code
    .split(/(<[^<>]*>)/)
    .map((part, index) => (index % 2 === 1 ? `<b>${escapeCode(part)}</b>` : escapeCode(part)))
    .join('');

/**
 * Marks up code of our own making. highlight.js would take more than a second for the samples of a large document; these few rules take
 * a hundredth of that. Elements of one letter instead of its classes: there are so many of them that they would be a tenth of the HTML.
 */
export const highlight = (code: string, language: string): string => {
  if (language === 'text') return escapeCode(code);
  return language === 'xml' ? highlightXml(code) : highlightTokens(code, language);
};

/** A block of code, marked up already. `data-copy` lets a script add a copy button. */
export const codeBlock = (markup: string, language: string): SafeHtml =>
  html`<pre class="code" tabindex="0" data-copy><code class="hljs language-${language}">${raw(markup)}</code></pre>`;
