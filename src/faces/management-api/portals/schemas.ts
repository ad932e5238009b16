import { z } from 'zod';
import type { AuthStrategyId } from '../../../domain/ids.ts';
import { labelChanges, labels, text, uuid } from '../../../http/schemas.ts';

const name = () => text({ min: 1, max: 255 });

const settings = {
  display_name: name().optional(),
  description: text({ max: 512 }).nullish(),
  is_public: z.boolean().optional(),
  rbac_enabled: z.boolean().optional(),
  auto_approve_applications: z.boolean().optional(),
  auto_approve_developers: z.boolean().optional(),
  custom_domain: text({ max: 1024 }).nullish(),
  custom_client_domain: text({ max: 1024 }).nullish(),
  default_application_auth_strategy_id: uuid()
    .transform((id) => id as AuthStrategyId)
    .nullish(),
};

export const createPortalSchema = z.strictObject({ ...settings, name: name(), labels: labels().optional() });

export const updatePortalSchema = z.strictObject({ ...settings, name: name().optional(), labels: labelChanges().optional() });
