/** A diagram that cannot be drawn; the message is for its author. */
export class DiagramError extends Error {
  override readonly name = 'DiagramError';
}
