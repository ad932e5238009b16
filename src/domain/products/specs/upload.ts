import type { ExaminedSpecification } from '../../../rendering/pool.ts';
import type { ContextWithPorts } from '../../context.ts';
import { invalid } from '../../errors.ts';
import { SpecificationRefusal } from './refusal.ts';
import type { NewSpecification } from './specification.ts';

const NAME = /^.+(?:\.yaml|\.yml|\.json)$/;
const NAME_LENGTH = 255;

/** @throws invalid for what no specification may be called */
export const checkName = (name: string): void => {
  const field = 'name';
  if (!NAME.test(name)) throw invalid({ field, rule: 'matches_regex', reason: `name must match the regular expression ${NAME}` });
  if ([...name].length > NAME_LENGTH)
    throw invalid({
      field,
      rule: 'max_length',
      maximum: NAME_LENGTH,
      reason: `name must not be longer than ${NAME_LENGTH} characters`,
    });
};

/**
 * Reads a document that was sent, off the main thread.
 * @throws invalid for one that is no OpenAPI description; unavailable when too many are waiting
 */
export const examine = async (
  { ports }: ContextWithPorts,
  { bytes, name }: NewSpecification,
): Promise<Extract<ExaminedSpecification, { accepted: true }>> => {
  const outcome = await ports.examineSpecification(bytes, name);
  if (outcome.accepted) return outcome;
  throw new SpecificationRefusal(outcome.findings);
};
