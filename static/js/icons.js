const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  copy: [
    'M7 5.5h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5Z',
    'M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5',
  ],
  check: ['m3 8.5 3.25 3.25L13 4.75'],
};

/** One of the icons that scripts put into pages. */
export const icon = (name) => {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    ...{ class: 'icon', viewBox: '0 0 16 16', width: '16', height: '16', fill: 'none', stroke: 'currentColor' },
    ...{ 'stroke-width': '1.5', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' },
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
};
