export { DIAGRAM_THEMES, type DiagramState, type DiagramTheme } from './diagram.ts';
export { deleteUnusedDiagrams, findDiagrams, readDrawing, storeDiagramsOf } from './diagrams-store.ts';
export { drawNextDiagram } from './draw.ts';
export { sketchDiagrams } from './sketch.ts';
