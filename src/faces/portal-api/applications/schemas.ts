import { z } from 'zod';
import type { AuthStrategyId } from '../../../domain/ids.ts';
import { text, uuid } from '../../../http/schemas.ts';

const MAX = 255;
const MAX_ADDRESS = 2048;

const name = () => text({ min: 1, max: MAX });

const settings = {
  reference_id: text({ max: MAX }).optional(),
  redirect_uri: text({ max: MAX_ADDRESS }).optional(),
  description: text({ max: MAX }).optional(),
  scopes: z.array(z.string()).max(100).optional(),
};

interface Body {
  readonly reference_id?: string | undefined;
  readonly redirect_uri?: string | undefined;
  readonly description?: string | undefined;
  readonly scopes?: string[] | undefined;
}

const settingsOf = ({ reference_id, redirect_uri, description, scopes }: Body) => ({
  referenceId: reference_id,
  redirectUri: redirect_uri,
  description,
  scopes,
});

export const createApplicationSchema = z
  .strictObject({
    ...settings,
    name: name(),
    auth_strategy_id: uuid()
      .transform((id) => id as AuthStrategyId)
      .nullish(),
  })
  .transform((body) => ({ ...settingsOf(body), name: body.name, authStrategyId: body.auth_strategy_id }));

export const updateApplicationSchema = z
  .strictObject({ ...settings, name: name().optional() })
  .transform((body) => ({ ...settingsOf(body), name: body.name }));
