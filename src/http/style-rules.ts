/** A rule for elements, with the names that have to be on a page for one of its selectors to hold; or text that always counts. */
interface Rule {
  readonly text: string;
  readonly needs?: readonly (readonly string[])[];
}

/** Rules that hold under a condition, such as a width. */
interface Group {
  readonly head: string;
  readonly items: readonly (Rule | Group)[];
}

/** A stylesheet, of which a page may be given what it uses. */
export interface StyleRules {
  /** The rules that may hold for elements with these names, in their order. @param names as {@link namesIn} tells them */
  usedBy(names: ReadonlySet<string>): string;
}

const GROUPS = /^@(?:media|supports|layer|container|scope|starting-style)\b/;

/**
 * Reads a stylesheet of ours (CSS Syntax Level 3): without comments, and well-formed, or it ends where it is not.
 */
export const readStyleRules = (css: string): StyleRules => {
  const { items } = readItems(css, 0);
  return { usedBy: (names) => write(items, names) };
};

/** From a place on to the end of the block that it is in. */
const readItems = (css: string, from: number): { items: (Rule | Group)[]; end: number } => {
  const items: (Rule | Group)[] = [];
  let at = from;
  while (at < css.length) {
    const stop = nextSign(css, at, ';{}');
    const head = css.slice(at, stop).trim();
    if (css[stop] === '{' && GROUPS.test(head)) {
      const inner = readItems(css, stop + 1);
      items.push({ head, items: inner.items });
      at = inner.end;
    } else if (css[stop] === '{') {
      at = endOfBlock(css, stop);
      const text = `${head}${css.slice(stop, at)}`;
      items.push(head.startsWith('@') ? { text } : { text, needs: splitAtCommas(head).map(namesOf) });
    } else {
      if (head !== '') items.push({ text: `${head};` });
      at = stop + 1;
      if (css[stop] === '}') return { items, end: at };
    }
  }
  return { items, end: at };
};

/** The next place of one of some signs that is not in quotes. */
const nextSign = (css: string, from: number, signs: string): number => {
  for (let at = from; at < css.length; at++) {
    const sign = css[at] as string;
    if (sign === '\\') at++;
    else if (sign === '"' || sign === "'") at = endOfQuote(css, at);
    else if (signs.includes(sign)) return at;
  }
  return css.length;
};

const endOfQuote = (css: string, from: number): number => {
  let at = from + 1;
  while (at < css.length && css[at] !== css[from]) at += css[at] === '\\' ? 2 : 1;
  return at;
};

/** Behind the brace that closes the one at a place. */
const endOfBlock = (css: string, open: number): number => {
  let [at, depth] = [open, 0];
  do {
    at = nextSign(css, at, '{}');
    depth += css[at] === '{' ? 1 : -1;
    at++;
  } while (depth > 0 && at < css.length);
  return at;
};

const splitAtCommas = (selectors: string): string[] => {
  const parts = [''];
  let depth = 0;
  for (const sign of selectors) {
    if (sign === '(' || sign === '[') depth++;
    if (sign === ')' || sign === ']') depth--;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
};

/** What pseudo-classes and attributes ask for may come and go as a page is used. */
const CHANGING = /\[[^\]]*\]|::?[\w-]+/g;

/** What a selector asks elements for: their kinds, `.classes` and `#ids`. Nothing of one that is more than we read here. */
const namesOf = (selector: string): string[] => {
  if (selector.includes('\\')) return [];
  let bare = selector;
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = bare.replace(/\([^()]*\)/g, '');
  }
  return bare.replace(CHANGING, '').match(/[.#]?[a-z_][\w-]*/gi) ?? [];
};

const write = (items: readonly (Rule | Group)[], names: ReadonlySet<string>): string =>
  items
    .map((item) => {
      if ('items' in item) {
        const inner = write(item.items, names);
        return inner === '' ? '' : `${item.head}{${inner}}`;
      }
      return item.needs?.some((needed) => needed.every((name) => names.has(name))) === false ? '' : item.text;
    })
    .join('');

const TAG = /<([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
const CLASS_OR_ID = /(?<=\s)(class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/** The names of the elements of a page, by which selectors may find them: `p`, `.card`, `#main`. */
export const namesIn = (html: string): Set<string> => {
  const names = new Set<string>();
  for (const [, tag = '', attributes = ''] of html.matchAll(TAG)) {
    names.add(tag.toLowerCase());
    for (const [, name, ...values] of attributes.matchAll(CLASS_OR_ID)) {
      const sign = name?.toLowerCase() === 'id' ? '#' : '.';
      for (const value of (values.find((one) => one !== undefined) ?? '').split(/\s+/)) names.add(`${sign}${value}`);
    }
  }
  return names;
};
