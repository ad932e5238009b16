import type { Finding } from '../../../rendering/openapi/types.ts';
import { DomainError, type Issue } from '../../errors.ts';

/** How many of the reasons against a document are given as issues. */
const MAX_ISSUES = 20;

/** A document that is refused: its issues say why in sentences, its findings also where. */
export class SpecificationRefusal extends DomainError {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super('invalid', 'Invalid Parameters', issuesOf(findings));
    this.findings = findings;
  }
}

/** Why a document is refused: its errors, or all that was found when none is marked as one. */
const issuesOf = (findings: readonly Finding[]): Issue[] => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const reasons = new Set((errors.length > 0 ? errors : findings).map(reasonOf));
  if (reasons.size === 0) reasons.add('the document is no OpenAPI description');
  return [...reasons].slice(0, MAX_ISSUES).map((reason) => ({ field: 'content', rule: 'invalid', reason }));
};

const reasonOf = ({ message, line, column, path }: Finding): string => {
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(line === undefined || column === undefined ? [] : [`column ${column}`]),
    ...(path === undefined || path === '' ? [] : [`at ${path}`]),
  ];
  return place.length === 0 ? message : `${message} (${place.join(', ')})`;
};
