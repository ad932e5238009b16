import { encode } from 'uqr';
import { html, type SafeHtml } from '../lib/html.ts';

const BORDER = 2;

/** A QR code as SVG, dark on light in either theme: cameras want it so. */
export const qrCode = (text: string, label: string): SafeHtml => {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg class="qr-code" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>`;
};
