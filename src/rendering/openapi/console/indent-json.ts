/** A sign, the beginning of a text, or a number or word. */
const TOKEN = /[{}[\],:"]|[^\s"{}[\],:]+/g;

/** Deeper values would be more space than text. */
const MAX_DEPTH = 100;

/** The end of the text in quotes that begins at a place, in valid JSON. */
const endOfText = (json: string, start: number): number => {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
};

/** The tokens of valid JSON, one after the other. Texts are walked through: there may be one of megabytes, which no pattern survives. */
function* tokensOf(json: string): Generator<string> {
  const token = new RegExp(TOKEN);
  for (let found = token.exec(json); found; found = token.exec(json)) {
    if (found[0] === '"') token.lastIndex = endOfText(json, found.index);
    yield json.slice(found.index, token.lastIndex);
  }
}

const isValid = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * JSON laid out over lines, its values as they were written: numbers stay as exact as they came. Stops soon after `maxLength` characters;
 * undefined for what is no JSON, or nested absurdly.
 */
export const indentJson = (text: string, maxLength: number): string | undefined => {
  if (!isValid(text)) return undefined;
  let out = '';
  let depth = 0;
  let before = '';
  const line = (): string => `\n${'  '.repeat(depth)}`;
  for (const token of tokensOf(text)) {
    if (out.length > maxLength) break;
    const isEnd = token === '}' || token === ']';
    const isFirst = before === '{' || before === '[';
    if (isEnd) depth--;
    if (isFirst !== isEnd) out += line();
    if (token === '{' || token === '[') depth++;
    if (depth > MAX_DEPTH) return undefined;
    out += token === ':' ? ': ' : token;
    if (token === ',') out += line();
    before = token;
  }
  return out;
};
