import { STATUS_CODES } from 'node:http';

/** What a status means, for responses that do not say. */
export const statusWords = (status: string): string => STATUS_CODES[status] ?? (status === 'default' ? 'Any other response' : '');
