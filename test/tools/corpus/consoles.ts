import { consoleBody, consoleParameter } from '../../../src/rendering/openapi/console/describe-fields.ts';
import type { Node } from '../../../src/rendering/openapi/reference/model/nodes.ts';
import { readApi } from '../../../src/rendering/openapi/reference/model/read-api.ts';
import { createResolver } from '../../../src/rendering/openapi/reference/model/resolver.ts';
import { withoutInternal } from '../../../src/rendering/openapi/reference/model/visible.ts';
import { createSchemaReader } from '../../../src/rendering/openapi/reference/schema/view.ts';
import { operationKey } from './document.ts';

/**
 * How many consoles of a document are visited: for each the server reads the whole document, which takes a second for a large one. Those that
 * ask most are among them, and of the others some.
 */
const LARGEST = 20;
const OTHERS = 10;

/** How much the console of each operation asks, in characters, by {@link operationKey}. The document is read once for all of them. */
const sizesOfConsoles = (document: Node): ReadonlyMap<string, number> => {
  const visible = withoutInternal(document);
  const resolver = createResolver(visible);
  const reader = createSchemaReader(resolver);
  return new Map(
    readApi(visible, resolver).operations.map(({ method, path, parameters, body }) => {
      const asked = [
        ...parameters.map((parameter) => consoleParameter(reader, parameter)),
        ...(body?.media ?? []).map((media) => consoleBody(reader, media)),
      ];
      return [operationKey(method, path), JSON.stringify(asked).length];
    }),
  );
};

/** Of the consoles of a document, addresses by the keys of their operations, those that are visited: always the same ones. */
export const chooseConsoles = (document: Node, consoles: ReadonlyMap<string, string>): string[] => {
  const sizes = sizesOfConsoles(document);
  const sizeOf = (key: string): number => sizes.get(key) ?? 0;
  const ordered = [...consoles]
    .sort(([left], [right]) => sizeOf(right) - sizeOf(left) || (left < right ? -1 : 1))
    .map(([, address]) => address);
  const others = ordered.slice(LARGEST);
  const step = Math.max(1, Math.ceil(others.length / OTHERS));
  return [...ordered.slice(0, LARGEST), ...others.filter((_, index) => index % step === 0)];
};
