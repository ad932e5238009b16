import { z } from 'zod';
import { holderField } from '../organisation/holder-field.ts';

export const memberForm = z.object({ member: holderField(['administrator', 'system-account']) });
