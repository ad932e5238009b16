import type { Request } from 'express';
import { invalid } from '../domain/errors.ts';

const MAX_TEXT = 200;
const MAX_ITEMS = 20;
const MAX_PAGE = 100_000;

const values = (req: Request, name: string): string[] => {
  const value: unknown = req.query[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
};

const refuse = (field: string, reason: string) => invalid({ field, rule: 'invalid', reason, source: 'query' });

/** Words that somebody typed: without space around them, empty when absent. @throws invalid when they are too long */
export const queryText = (req: Request, name: string): string => {
  const text = (values(req, name)[0] ?? '').replace(/\s+/g, ' ').trim();
  if (text.length > MAX_TEXT) throw refuse(name, `${name} must not be longer than ${MAX_TEXT} characters`);
  return text;
};

/** Each value of a parameter that may be repeated, once. @throws invalid when there are too many */
export const queryList = (req: Request, name: string): string[] => {
  const list = [...new Set(values(req, name).filter((value) => value !== ''))];
  if (list.length > MAX_ITEMS) throw refuse(name, `${name} must not be given more than ${MAX_ITEMS} times`);
  return list;
};

/** One of several choices; the first when absent or unknown. */
export const queryChoice = <T extends string>(req: Request, name: string, choices: readonly [T, ...T[]]): T =>
  choices.find((choice) => choice === values(req, name)[0]) ?? choices[0];

/** A number from 1; undefined when absent. @throws invalid for anything else */
export const queryNumber = (req: Request, name: string): number | undefined => {
  const [text = ''] = values(req, name);
  if (text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw refuse(name, `${name} must be a number from 1`);
  return Number(text);
};

/** The number of a page, counting from 1. @throws invalid for anything else */
export const queryPage = (req: Request): number => {
  const [text = '1'] = values(req, 'page');
  if (!/^[1-9]\d{0,5}$/.test(text) || Number(text) > MAX_PAGE) throw refuse('page', 'page must be a number from 1');
  return Number(text);
};
