import { z } from 'zod';
import type { ControlPlaneId, GatewayServiceId } from '../../../domain/ids.ts';
import type { LinkedService } from '../../../domain/products/index.ts';
import { labelChanges, labels, text, uuid } from '../../../http/schemas.ts';

/** A gateway service in its control plane, which older clients call a runtime group. */
const gatewayService = () =>
  z
    .strictObject({ id: uuid(), control_plane_id: uuid().optional(), runtime_group_id: uuid().optional() })
    .transform(({ id, control_plane_id, runtime_group_id }, context): LinkedService => {
      const controlPlaneId = control_plane_id ?? runtime_group_id;
      if (controlPlaneId !== undefined && (control_plane_id === undefined || runtime_group_id === undefined))
        return { id: id as GatewayServiceId, controlPlaneId: controlPlaneId as ControlPlaneId };
      const issue =
        controlPlaneId === undefined
          ? { rule: 'required', reason: 'gateway_service.control_plane_id is required' }
          : { rule: 'invalid', reason: 'gateway_service must hold either control_plane_id or runtime_group_id, not both' };
      context.addIssue({ code: 'custom', path: ['control_plane_id'], params: { issue } });
      return z.NEVER;
    })
    .nullable();

const name = () => text({ min: 1, max: 255 });
const publishStatus = () => z.enum(['unpublished', 'published']);

export const createVersionSchema = z.strictObject({
  name: name(),
  publish_status: publishStatus().optional(),
  deprecated: z.boolean().optional(),
  labels: labels().optional(),
  gateway_service: gatewayService().optional(),
});

export const updateVersionSchema = z.strictObject({
  name: name().optional(),
  publish_status: publishStatus().optional(),
  deprecated: z.boolean().optional(),
  notify: z.boolean().optional(),
  labels: labelChanges().optional(),
  gateway_service: gatewayService().optional(),
});
