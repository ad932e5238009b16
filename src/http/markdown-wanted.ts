import type { Request, Response } from 'express';

const ENDING = /\.md$/;

/** Whether a page is wanted as Markdown: its address ends in `.md`, or the client would rather have that than HTML. */
export const wantsMarkdown = (req: Request, res: Response): boolean => {
  res.vary('Accept');
  return ENDING.test(req.path) || req.accepts(['text/html', 'text/markdown']) === 'text/markdown';
};

/** The part of an address that names something, without the ending that asks for Markdown. */
export const nameIn = (part: unknown): string => String(part).replace(ENDING, '');
