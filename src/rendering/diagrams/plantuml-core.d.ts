declare module '@plantuml/core' {
  /** Draws into the element with the id, some time later. */
  export const render: (lines: string[], targetId: string, options: { dark: boolean }) => void;
}

declare module '@plantuml/core/viz-global.js';
declare module '@plantuml/core/themes.js';
