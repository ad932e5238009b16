import type { Task } from '../task-types.ts';
import { compareTexts } from './compare-texts.ts';

/** Compares the two texts in the body. */
export const compareTextsTask: Task<'compareTexts'> = async ({ bytesBefore }, body) => {
  const bytes = Buffer.from(body);
  return compareTexts(bytes.toString('utf8', 0, bytesBefore), bytes.toString('utf8', bytesBefore));
};
