import type { Request, Response } from 'express';
import { type FieldSpec, shownFields } from '../../../http/form-fields.ts';
import type { FormState } from '../../../http/forms.ts';
import type { PortalContext } from '../context.ts';
import { renderPage, sendOwnPage } from '../respond.ts';

export interface Link {
  readonly label: string;
  readonly href: string;
}

/** A page with one form, for who is not signed in. */
export interface EntranceForm {
  readonly title: string;
  readonly intro?: string;
  readonly action: string;
  readonly form: FormState;
  readonly fields: readonly FieldSpec[];
  readonly hidden?: readonly { readonly name: string; readonly value: string }[];
  readonly submit: string;
  readonly links?: readonly Link[];
}

export const sendForm = async (req: Request, res: Response, ctx: PortalContext, of: EntranceForm): Promise<void> => {
  const { title, intro = false, action, form, fields, hidden = [], submit, links = [] } = of;
  const page = { intro, action, summary: form.summary, fields: shownFields(form, fields), hidden, submit, links };
  await sendOwnPage(req, res, ctx, await renderPage(ctx, 'portal/entrance/form.njk', { title }, page));
};

/** A page that only says something, and what comes next. */
export interface Note {
  readonly title: string;
  readonly text: string;
  readonly more?: string;
  readonly links: readonly Link[];
}

export const sendNote = async (
  req: Request,
  res: Response,
  ctx: PortalContext,
  { title, text, more, links }: Note,
): Promise<void> =>
  sendOwnPage(req, res, ctx, await renderPage(ctx, 'portal/entrance/note.njk', { title }, { text, more: more ?? false, links }));
