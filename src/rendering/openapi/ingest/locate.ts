/** Told, in document order, what the source holds: mappings and sequences as they open and close, scalars (keys too) between. Offsets count characters. */
export interface SyntaxSink {
  /** Answers whether anything inside matters: if not, the reader may go on at its end. */
  open(kind: 'mapping' | 'sequence', offset: number): boolean;
  scalar(offset: number, read: () => string): void;
  close(): void;
}

interface PathNode {
  offset: number | undefined;
  children: Map<string, PathNode>;
}

interface Frame {
  kind: 'mapping' | 'sequence';
  /** Undefined below what nobody asks about. */
  node: PathNode | undefined;
  /** Of a sequence: index of the next item. */
  index: number;
  /** Of a mapping: undefined while a key is expected. */
  member: { node: PathNode | undefined } | undefined;
}

const newNode = (): PathNode => ({ offset: undefined, children: new Map() });

/** Splits a JSON pointer in its URI fragment form (RFC 6901, section 6) into its unescaped segments; `#` and `#/` are the document. */
export const pointerSegments = (pointer: string): string[] => {
  const path = pointer.replace(/^#?\/?/, '');
  return path === '' ? [] : path.split('/').map((segment) => decodePercent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
};

const decodePercent = (segment: string): string => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Joins segments to a JSON pointer in fragment form. */
export const pointerTo = (segments: readonly (string | number)[]): string =>
  `#/${segments.map((segment) => String(segment).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;

/**
 * Finds where members of a document stand: the key in a mapping, the item in a sequence. What the source does not write out at its
 * place (behind an alias or a merge key) gets the position of the nearest ancestor that it does.
 *
 * @param paths segments of each wanted member
 * @param read plays the source into a sink
 */
export const locate = (paths: readonly (readonly string[])[], read: (sink: SyntaxSink) => void): (number | undefined)[] => {
  const root = newNode();
  for (const path of paths) {
    let node = root;
    for (const segment of path) {
      const next = node.children.get(segment) ?? newNode();
      node.children.set(segment, next);
      node = next;
    }
  }
  read(recorder(root));
  return paths.map((path) => {
    let node: PathNode | undefined = root;
    let offset = root.offset;
    for (const segment of path) {
      node = node?.children.get(segment);
      offset = node?.offset ?? offset;
    }
    return offset;
  });
};

const recorder = (root: PathNode): SyntaxSink => {
  const frames: Frame[] = [];
  /** The path node of the value that begins now; notes its offset unless its key has been noted. */
  const beginValue = (offset: number): PathNode | undefined => {
    const frame = frames.at(-1);
    if (!frame) {
      root.offset ??= offset;
      return root;
    }
    if (frame.kind === 'mapping') {
      const node = frame.member?.node;
      frame.member = undefined;
      return node;
    }
    const node = frame.node?.children.get(String(frame.index++));
    if (node) node.offset ??= offset;
    return node;
  };
  return {
    open: (kind, offset) => {
      const node = beginValue(offset);
      frames.push({ kind, node, index: 0, member: undefined });
      return node !== undefined && node.children.size > 0;
    },
    scalar: (offset, read) => {
      const frame = frames.at(-1);
      if (frame?.kind !== 'mapping' || frame.member) {
        beginValue(offset);
        return;
      }
      const node = frame.node?.children.get(read());
      if (node) node.offset ??= offset;
      frame.member = { node };
    },
    close: () => frames.pop(),
  };
};
