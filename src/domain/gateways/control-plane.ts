import type { ControlPlaneId } from '../ids.ts';
import type { LabelChanges, Labels } from '../labels/index.ts';

/** Kinds of clusters that a control plane can stand for. Groups of control planes are not among them. */
export const CLUSTER_TYPES = [
  'CLUSTER_TYPE_CONTROL_PLANE',
  'CLUSTER_TYPE_K8S_INGRESS_CONTROLLER',
  'CLUSTER_TYPE_SERVERLESS',
  'CLUSTER_TYPE_KAFKA_NATIVE_EVENT_PROXY',
] as const;
export type ClusterType = (typeof CLUSTER_TYPES)[number];

export const AUTH_TYPES = ['pinned_client_certs', 'pki_client_certs'] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

/** How we talk to a gateway: `forward-auth` is any proxy that asks us about each request. */
export type ControlPlaneKind = 'forward-auth';

/** Where the proxies of a control plane are reached. */
export interface ProxyUrl {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}

/** A gateway installation that this portal can talk to. */
export interface ControlPlane {
  readonly id: ControlPlaneId;
  readonly name: string;
  readonly description: string | null;
  readonly kind: ControlPlaneKind;
  readonly clusterType: ClusterType;
  readonly authType: AuthType;
  readonly cloudGateway: boolean;
  readonly proxyUrls: readonly ProxyUrl[];
  readonly labels: Labels;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewControlPlane {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly clusterType?: ClusterType | undefined;
  readonly authType?: AuthType | undefined;
  readonly cloudGateway?: boolean | undefined;
  readonly proxyUrls?: readonly ProxyUrl[] | undefined;
  readonly labels?: Labels | undefined;
}

/** Absent leaves as it is. */
export interface ControlPlaneChanges {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly authType?: AuthType | undefined;
  readonly proxyUrls?: readonly ProxyUrl[] | undefined;
  readonly labels?: LabelChanges | undefined;
}

export type ControlPlaneFilterField = 'id' | 'name' | 'cluster_type' | 'cloud_gateway';
export type ControlPlaneSortField = 'created_at';
