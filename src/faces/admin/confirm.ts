import type { Request, Response } from 'express';
import { emptyForm, type FormState } from '../../http/forms.ts';
import type { AdminContext } from './context.ts';
import type { PageHead } from './layout.ts';
import { sendPage } from './respond.ts';

/** What a page asks before something is done that cannot be undone. */
export interface Confirmation {
  readonly text: string;
  /** what goes with it, a sentence each */
  readonly consequences?: readonly string[];
  /** parameters of the component `field`: what else is asked, such as a reason or a password */
  readonly fields?: readonly Readonly<Record<string, unknown>>[];
  readonly action: string;
  /** what the button says: the act itself, such as `Delete product` */
  readonly submit: string;
  readonly cancelHref: string;
  /** as it was sent, where something was wrong with it */
  readonly form?: FormState;
}

/** Answers with a page that asks before something is done that cannot be undone. */
export const sendConfirmation = (
  req: Request,
  res: Response,
  ctx: AdminContext,
  head: PageHead,
  { consequences = [], fields = [], form = emptyForm(), ...rest }: Confirmation,
): Promise<void> => sendPage(req, res, ctx, 'admin/shared/confirm.njk', head, { ...rest, consequences, fields, form });
