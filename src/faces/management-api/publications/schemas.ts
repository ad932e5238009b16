import { z } from 'zod';
import type { AuthStrategyId, VersionId } from '../../../domain/ids.ts';
import { PUBLISH_STATUSES } from '../../../domain/publications/index.ts';
import { uuid } from '../../../http/schemas.ts';

const publishStatus = () => z.enum(PUBLISH_STATUSES);

/** Older clients send a single id; they are told what to send instead. */
const authStrategyIds = () =>
  z
    .unknown()
    .superRefine((value, context) => {
      if (typeof value !== 'string') return;
      const issue = { rule: 'is_array', reason: 'auth_strategy_ids must be a list of ids: send a list with one id' };
      context.addIssue({ code: 'custom', params: { issue } });
    })
    .pipe(z.array(uuid().transform((id) => id as AuthStrategyId)).max(1));

const settings = {
  publish_status: publishStatus(),
  deprecated: z.boolean(),
  application_registration_enabled: z.boolean(),
  auto_approve_registration: z.boolean(),
  auth_strategy_ids: authStrategyIds(),
};

export const createPublicationSchema = z.strictObject({
  ...settings,
  product_version_id: uuid().transform((id) => id as VersionId),
});

export const replacePublicationSchema = z.strictObject({ ...settings, notify_developers: z.boolean().optional() });

export const updatePublicationSchema = replacePublicationSchema.partial();

export const publishProductsSchema = z.strictObject({
  api_products: z.record(
    z.string(),
    z
      .object({ publish_status: publishStatus() })
      .transform(({ publish_status }) => publish_status)
      .nullable(),
  ),
});
