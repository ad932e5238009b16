import { plainText } from '../../markdown/index.ts';
import type { HtmlFragment, OperationEntry, Reference } from '../types.ts';
import { operationAddresses } from './addresses.ts';
import { groupOperations } from './groups.ts';
import { createContext, type PrintContext } from './html/context.ts';
import { printOperation } from './html/operation.ts';
import { printOverview } from './html/overview.ts';
import { printSchemaFragment } from './html/schema-fragment.ts';
import { type Addressed, printSchemaList, printSchemaPage } from './html/schema-page.ts';
import { printTag } from './html/tag.ts';
import type { Operation } from './model/model.ts';
import { asNode } from './model/nodes.ts';
import { readApi } from './model/read-api.ts';
import { createResolver } from './model/resolver.ts';
import { readUses } from './model/uses.ts';
import { withoutInternal } from './model/visible.ts';
import { createSchemaReader } from './schema/view.ts';

const MAX_SUMMARY = 500;
const MAX_DESCRIPTION = 2_000;

const entryOf = (operation: Operation, address: string, groups: string[]): OperationEntry => ({
  address,
  kind: operation.kind,
  method: operation.method,
  path: operation.path,
  operationId: operation.operationId,
  summary: operation.summary,
  description: operation.description === undefined ? undefined : plainText(operation.description, MAX_DESCRIPTION),
  tags: operation.tags,
  groups,
  deprecated: operation.deprecated,
});

/** What a link's `operationRef` says of an operation of the same document. */
const pointerTo = ({ method, path }: Operation): string =>
  `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;

const printFragments = function* (context: PrintContext, operations: readonly Addressed[]): Generator<HtmlFragment> {
  yield { kind: 'overview', key: '', html: printOverview(context).value };
  for (const { operation, address } of operations)
    yield { kind: 'operation', key: address, html: printOperation(context, operation, address).value };
  const { resolver } = context.reader;
  const uses = readUses(
    resolver,
    operations.map((each) => [each, each.operation.source] as const),
  );
  yield { kind: 'schemas', key: '', html: printSchemaList(context).value };
  for (const [name, schema] of resolver.schemas) {
    yield { kind: 'schema', key: name, html: printSchemaFragment(context, name, schema).value };
    yield { kind: 'schema-page', key: name, html: printSchemaPage(context, name, uses.get(name)).value };
  }
};

/**
 * Makes the index and the HTML of an OpenAPI document: Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2. References inside the document may stand
 * as they are. Pure and synchronous; a large document takes some hundred milliseconds, so call it off the main thread.
 *
 * Never throws on account of the document: what has the wrong type, leads nowhere or turns in circles is left out or named as such.
 *
 * @param marksInternal false where it is known that nothing is `x-internal`, which saves looking
 */
export const buildReference = (document: Record<string, unknown>, marksInternal = true): Reference => {
  const node = asNode(document) ?? {};
  const source = marksInternal ? withoutInternal(node) : node;
  const resolver = createResolver(source);
  const reader = createSchemaReader(resolver);
  const api = readApi(source, resolver);
  const addresses = operationAddresses(api.operations);
  const addressed = api.operations.map((operation, index) => ({ operation, address: addresses[index] ?? '' }));
  const addressOf = new Map(
    addressed.flatMap(({ operation, address }) =>
      [operation.operationId, pointerTo(operation)].flatMap((target) => (target === undefined ? [] : [[target, address]])),
    ),
  );
  const context = createContext(api, reader, addressOf);
  const { groups, memberships } = groupOperations(api, (tag) => printTag(context, tag).value);
  const { title, version, summary, description } = api.info;
  return {
    index: {
      title,
      apiVersion: version,
      specVersion: api.specVersion,
      summary: plainText(summary ?? description ?? '', MAX_SUMMARY),
      groups,
      operations: addressed.map(({ operation, address }, index) => entryOf(operation, address, memberships[index] ?? [])),
    },
    fragments: printFragments(context, addressed),
  };
};
