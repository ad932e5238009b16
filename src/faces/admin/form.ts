import type { Request, Response } from 'express';
import { type FieldSpec, shownFields } from '../../http/form-fields.ts';
import type { FormState } from '../../http/forms.ts';
import type { AdminContext } from './context.ts';
import type { PageHead } from './layout.ts';
import { sendPage } from './respond.ts';

/** A page that is one form. */
export interface FormPage {
  /** a sentence above it */
  readonly intro?: string;
  readonly form: FormState;
  readonly fields: readonly FieldSpec[];
  readonly action: string;
  /** what the button says: the act itself, such as `Create product` */
  readonly submit: string;
  readonly cancelHref: string;
  /** kinds of the thing to choose from, for the component `tabs` */
  readonly tabs?: object;
  readonly deleteHref?: string;
  /** what leads there says, where it is not `Delete` */
  readonly deleteText?: string;
}

/** Answers with a page that is one form, with what was typed and what is wrong with it. */
export const sendForm = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  head: PageHead,
  { intro = '', form, fields, ...rest }: FormPage,
): Promise<void> =>
  sendPage(req, res, ctx, 'admin/shared/form.njk', head, { ...rest, intro, form, fields: shownFields(form, fields) });

/** Answers with what a form would hold, for somebody who may read it only. */
export const sendFacts = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  head: PageHead,
  specs: readonly FieldSpec[],
  values: Readonly<Record<string, unknown>>,
): Promise<void> =>
  sendPage(req, res, ctx, 'admin/shared/facts.njk', head, {
    facts: specs.map(({ name, label }) => ({ label, value: String(values[name] ?? '') })),
  });
