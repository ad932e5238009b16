import { escapeHtml } from '../../lib/html.ts';
import { type FenceInfo, readFenceInfo } from './fence-info.ts';
import { highlightCode } from './highlight.ts';

const TAG = /<(\/?)span([^>]*)>/g;

/** Lines of highlighted code, each with its elements closed. */
const linesOf = (markup: string): string[] => {
  let open: string[] = [];
  return markup.split('\n').map((line) => {
    const before = open.join('');
    for (const [tag, slash] of line.matchAll(TAG)) open = slash ? open.slice(0, -1) : [...open, tag];
    return `${before}${line}${'</span>'.repeat(open.length)}`;
  });
};

const SIGNS: Readonly<Record<string, string>> = { '+': ' hljs-addition', '-': ' hljs-deletion' };

/** Code whose lines stand apart: some highlighted, some added or removed. */
const markedLines = (code: string, { language, isDiff, isHighlighted }: FenceInfo): string => {
  const source = code.replace(/\n$/, '').split('\n');
  const signs = source.map((line) => (isDiff && /^[+-]/.test(line) ? line.charAt(0) : ''));
  const plain = source.map((line, at) => line.slice(signs[at]?.length ?? 0)).join('\n');
  return linesOf(highlightCode(plain, language))
    .map((line, at) => {
      const sign = signs[at] ?? '';
      const kind = `${SIGNS[sign] ?? ''}${isHighlighted(at + 1) ? ' code-line-marked' : ''}`;
      return `<span class="code-line${kind}">${sign}${line}\n</span>`;
    })
    .join('');
};

/** A block of code as safe HTML: highlighted, with its title, marked lines and differences. */
export const printCodeBlock = (code: string, infoText: string): string => {
  const info = readFenceInfo(infoText);
  const { language, title, hasLines } = info;
  const [data, name] = language ? [` data-language="${language}"`, ` language-${language}`] : ['', ''];
  const markup = hasLines ? markedLines(code, info) : highlightCode(code, language);
  const caption = title === undefined ? '' : `<div class="code-title">${escapeHtml(title)}</div>`;
  return `<div class="code-block"${data}>${caption}<pre tabindex="0"><code class="hljs${name}">${markup}</code></pre></div>\n`;
};
