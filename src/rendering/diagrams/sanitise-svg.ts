/** What drawings are made of; names in lower case. */
const ELEMENTS = new Set(
  [
    'svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textpath style marker',
    'lineargradient radialgradient stop pattern clippath mask switch',
    'filter fedropshadow feflood fegaussianblur feoffset femerge femergenode feblend fecolormatrix fecomposite',
  ].flatMap((names) => names.split(' ')),
);

const ATTRIBUTES = new Set(
  [
    'id class style transform d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points viewbox preserveaspectratio version',
    'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap',
    'stroke-linejoin stroke-miterlimit opacity color display visibility overflow clip-path clip-rule mask filter',
    'font-family font-size font-style font-weight text-anchor text-decoration dominant-baseline alignment-baseline',
    'letter-spacing word-spacing textlength lengthadjust rotate writing-mode xml:space paint-order baseline-shift',
    'offset stop-color stop-opacity gradientunits gradienttransform fx fy spreadmethod patternunits patterntransform',
    'patterncontentunits clippathunits maskunits maskcontentunits marker-start marker-mid marker-end markerwidth',
    'markerheight markerunits refx refy orient in in2 result mode stddeviation flood-color flood-opacity type values',
    'operator k1 k2 k3 k4 filterunits primitiveunits color-interpolation-filters startoffset vector-effect',
  ].flatMap((names) => names.split(' ')),
);

/** Loads something, or runs in some browser: in a stylesheet, or in the value of an attribute. A fragment of the drawing itself may be named. */
const REACHES_OUT = /@import|@font-face|expression\s*\(|javascript:|-moz-binding|\\|image(?:-set)?\s*\(|src\s*\(/i;
const ADDRESS = /url\(\s*(?!['"]?#)/i;

const isHarmless = (value: string): boolean => !REACHES_OUT.test(value) && !ADDRESS.test(value);

const NAMES = 'http://www.w3.org/2000/svg';

/** Puts the children of an element in its place. */
const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

const cleanElement = (element: Element): void => {
  const name = element.localName.toLowerCase();
  // There is nothing to click in an image.
  if (name === 'a') {
    unwrap(element);
    return;
  }
  const isDrawing = ELEMENTS.has(name) && element.namespaceURI === NAMES;
  if (!isDrawing || (name === 'style' && !isHarmless(element.textContent ?? ''))) {
    element.remove();
    return;
  }
  for (const { name: attribute, value } of [...element.attributes]) {
    const isReference = /^(?:xlink:)?href$/i.test(attribute) && /^#[\w:.-]+$/.test(value);
    const isKnown = ATTRIBUTES.has(attribute.toLowerCase()) || /^xmlns(?::xlink)?$/.test(attribute) || isReference;
    if (!isKnown || !isHarmless(value)) element.removeAttribute(attribute);
  }
};

/** Removes from a drawing everything but shapes, text and their looks, in place: nothing in it runs, links or loads. */
export const sanitiseSvg = (root: Element): void => {
  for (const comment of commentsIn(root)) comment.remove();
  for (const element of [...root.querySelectorAll('*')].reverse()) cleanElement(element);
  cleanElement(root);
};

const COMMENT = 8;
const PROCESSING_INSTRUCTION = 7;
const CDATA = 4;

const commentsIn = (node: Node): ChildNode[] =>
  [...node.childNodes].flatMap((child) =>
    [COMMENT, PROCESSING_INSTRUCTION, CDATA].includes(child.nodeType) ? [child] : commentsIn(child),
  );
