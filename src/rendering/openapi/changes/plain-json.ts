import { asMarkdown, sentenceOf } from './tell.ts';
import type { ComparedOperation, Comparison, Difference, SchemaDifference } from './types.ts';

const differenceJson = (difference: Difference) => ({
  kind: difference.kind,
  effect: difference.effect,
  place: asMarkdown(difference.place),
  text: asMarkdown(sentenceOf(difference)),
});

const schemaDifferenceJson = (difference: SchemaDifference) => ({ ...differenceJson(difference), sides: difference.sides });

const operationJson = ({ kind, method, path, summary, address }: ComparedOperation) => ({
  ...{ kind, method, path, summary: summary ?? null, address },
});

/** What differs, for programs: words of documents stand between backticks. */
export const comparisonJson = ({ document, operations, schemas, counts, isCut }: Comparison) => ({
  counts,
  is_cut: isCut,
  document: document.map(differenceJson),
  operations: operations.map((change) => ({
    change: change.change,
    ...operationJson(change),
    differences: change.differences.map(differenceJson),
  })),
  schemas: schemas.map((change) => ({
    name: change.name,
    in_place_of: change.inPlaceOf ?? null,
    differences: change.differences.map(schemaDifferenceJson),
    operations: change.operations.map(operationJson),
    operation_count: change.operationCount,
  })),
});
