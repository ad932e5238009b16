import { isUniqueViolation } from '../database/errors.ts';
import { conflict } from './errors.ts';

/** Runs an act that a constraint of uniqueness may refuse. @throws conflict for that reason where it does */
export const uniquely = async <T>(reason: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict(reason);
    throw error;
  }
};
