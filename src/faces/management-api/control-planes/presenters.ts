import type { ControlPlane, EntityPage, GatewayRoute, GatewayService } from '../../../domain/gateways/index.ts';

/**
 * A control plane as the management API shows it.
 * @param origin where this installation was reached: what gateways ask lives there too
 */
export const presentControlPlane = (controlPlane: ControlPlane, origin: string) => ({
  id: controlPlane.id,
  name: controlPlane.name,
  ...(controlPlane.description === null ? {} : { description: controlPlane.description }),
  labels: controlPlane.labels,
  config: {
    control_plane_endpoint: `${origin}/gateway`,
    telemetry_endpoint: `${origin}/gateway`,
    cluster_type: controlPlane.clusterType,
    auth_type: controlPlane.authType,
    cloud_gateway: controlPlane.cloudGateway,
    proxy_urls: controlPlane.proxyUrls,
  },
  created_at: controlPlane.createdAt,
  updated_at: controlPlane.updatedAt,
});

const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** A service or route as gateways show it: instants are seconds since 1970. */
export const presentEntity = ({ id, fields, createdAt, updatedAt }: GatewayService | GatewayRoute) => ({
  id,
  ...fields,
  created_at: seconds(createdAt),
  updated_at: seconds(updatedAt),
});

/** A page of entities; `offset` and `next` lead on while there is more. */
export const presentEntities = (page: EntityPage<GatewayService | GatewayRoute>, path: string, query: URLSearchParams) => {
  const data = page.items.map(presentEntity);
  if (page.next === undefined) return { data, next: null };
  const offset = Buffer.from(page.next).toString('base64url');
  const following = new URLSearchParams(query);
  following.set('offset', offset);
  return { data, offset, next: `${path}?${following.toString()}` };
};
