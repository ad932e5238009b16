import { z } from 'zod';
import { labelChanges, labels, text, uuid } from '../../../http/schemas.ts';

/** Portals, each named once. */
const portalIds = () =>
  z.array(uuid()).refine((ids) => new Set(ids).size === ids.length, 'portal_ids must not hold an id more than once');

const name = () => text({ min: 1, max: 100 });

export const createProductSchema = z.strictObject({
  name: name(),
  description: text().nullable().optional(),
  labels: labels().optional(),
  public_labels: labels().optional(),
  portal_ids: portalIds().optional(),
});

export const updateProductSchema = z.strictObject({
  name: name().optional(),
  description: text().nullable().optional(),
  labels: labelChanges().optional(),
  public_labels: labelChanges().unwrap().optional(),
  portal_ids: portalIds().optional(),
});
