const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** Deeper values would be more space than text. */
const MAX_DEPTH = 100;

/**
 * JSON laid out over lines, its values as they were written: numbers stay as exact as they came. Stops soon after `maxLength` characters;
 * undefined for what is no JSON, or nested absurdly.
 */
export const indentJson = (text: string, maxLength: number): string | undefined => {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const tokens = text.match(TOKEN) ?? [];
  let out = '';
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  for (const [index, token] of tokens.entries()) {
    if (out.length > maxLength) break;
    const isEmpty = /^[[{]$/.test(tokens[index - 1] ?? '') && /^[\]}]$/.test(token);
    if (token === '{' || token === '[') {
      depth++;
      if (depth > MAX_DEPTH) return undefined;
      out += token + (/^[\]}]$/.test(tokens[index + 1] ?? '') ? '' : line());
    } else if (token === '}' || token === ']') {
      depth--;
      out += isEmpty ? token : line() + token;
    } else if (token === ',') out += token + line();
    else out += token === ':' ? ': ' : token;
  }
  return out;
};
