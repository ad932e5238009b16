import { z } from 'zod';
import { fullName, newPassword } from '../entrance/forms.ts';

const ownPassword = () => z.string().min(1, 'Enter your password').max(1000, 'This is not your password');

export const profileForm = z.object({ fullName: fullName() });

export const passwordForm = z.object({ current: ownPassword(), password: newPassword() });

export const deleteForm = z.object({ password: ownPassword() });
