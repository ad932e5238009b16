import { z } from 'zod';
import { text, uuid } from '../../../http/schemas.ts';

const email = () => z.email().max(250);
const password = () => text({ max: 1000 });

/** Clients send what their own forms ask for, too: that is let through and not kept. */
export const registerSchema = z
  .looseObject({ email: email(), full_name: text({ min: 1, max: 256 }) })
  .transform((body) => ({ email: body.email, fullName: body.full_name }));

export const authenticateSchema = z
  .strictObject({ username: email(), password: password() })
  .transform((body) => ({ email: body.username, password: body.password }));

export const forgotPasswordSchema = z.strictObject({ email: email() });

export const verifyEmailSchema = z.strictObject({ token: uuid() });

export const resetPasswordSchema = z.strictObject({ token: uuid(), password: password() });
