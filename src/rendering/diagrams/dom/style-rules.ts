interface Rule {
  readonly selector: string;
  readonly style: CSSStyleDeclaration;
}

const read = new WeakMap<CSSStyleSheet, readonly Rule[]>();

const rulesOf = (sheet: CSSStyleSheet): readonly Rule[] => {
  const known = read.get(sheet);
  if (known) return known;
  const rules = [...sheet.cssRules].filter((rule): rule is CSSStyleRule => 'selectorText' in rule);
  const made = rules.map(({ selectorText, style }) => ({ selector: selectorText, style }));
  read.set(sheet, made);
  return made;
};

/** A selector that this document does not understand says nothing of the element. */
const isMeant = (element: Element, selector: string): boolean => {
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
};

/** What the stylesheets of the document say of a property of an element itself; the last rule that speaks of it holds. */
export const styledBy = (element: Element, name: string): string | undefined => {
  let value: string | undefined;
  for (const sheet of element.ownerDocument.styleSheets)
    for (const { selector, style } of rulesOf(sheet)) {
      const said = style.getPropertyValue(name);
      if (said && isMeant(element, selector)) value = said;
    }
  return value;
};

/** Empties stylesheets whose elements are gone: jsdom goes on applying them when something around them was removed. */
export const forgetStyles = (document: Document): void => {
  for (const sheet of document.styleSheets) {
    if (sheet.ownerNode?.isConnected) continue;
    while (sheet.cssRules.length > 0) sheet.deleteRule(0);
    read.delete(sheet);
  }
};
