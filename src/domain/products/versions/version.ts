import type { ControlPlaneId, GatewayServiceId, ProductId, VersionId } from '../../ids.ts';
import type { LabelChanges, Labels } from '../../labels/index.ts';
import type { ListQuery } from '../../listing.ts';

/** The upstream API behind a version, in its control plane. */
export interface LinkedService {
  readonly id: GatewayServiceId;
  readonly controlPlaneId: ControlPlaneId;
}

/** One version of a product. */
export interface Version {
  readonly id: VersionId;
  readonly productId: ProductId;
  /** Its place in addresses; made from the first name and never changed. */
  readonly slug: string;
  readonly name: string;
  readonly labels: Labels;
  readonly gatewayService: LinkedService | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A version as the gateway's side sees it. */
export interface LinkedVersion {
  readonly productId: ProductId;
  readonly productName: string;
  readonly versionId: VersionId;
  readonly versionName: string;
}

export interface NewVersion {
  readonly name: string;
  readonly labels?: Labels | undefined;
  readonly gatewayService?: LinkedService | null | undefined;
}

/** Absent leaves as it is; null unlinks. */
export interface VersionChanges {
  readonly name?: string | undefined;
  readonly labels?: LabelChanges | undefined;
  readonly gatewayService?: LinkedService | null | undefined;
}

export type VersionFilterField = 'name' | 'publish_status' | 'gateway_service_id';
export type VersionSortField = 'name' | 'created_at' | 'updated_at';
export type VersionQuery = ListQuery<VersionFilterField, VersionSortField>;
