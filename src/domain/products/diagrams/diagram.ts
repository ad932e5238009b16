/** Which pages a drawing is for. */
export const DIAGRAM_THEMES = ['light', 'dark'] as const;
export type DiagramTheme = (typeof DIAGRAM_THEMES)[number];

/** How far a diagram is: drawn, not yet, or not to be drawn, and why. */
export type DiagramState =
  | { readonly state: 'drawn'; readonly width: number; readonly height: number }
  | { readonly state: 'pending' }
  | { readonly state: 'broken'; readonly message: string };
