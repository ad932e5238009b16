import {
  type ApplicationId,
  asId,
  type DeveloperId,
  type PortalId,
  type ProductId,
  type RegistrationId,
  type VersionId,
} from '../ids.ts';

export const REQUEST_KINDS = ['developer', 'registration'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What names a request: a developer who wants to be let in, or a registration of an application for a version. */
export type RequestRef =
  | { readonly kind: 'developer'; readonly id: DeveloperId }
  | { readonly kind: 'registration'; readonly id: RegistrationId };

/** A request as one word, for addresses and forms: `developer.<id>`, `registration.<id>`. */
export const refText = ({ kind, id }: RequestRef): string => `${kind}.${id}`;

/** The request that {@link refText} names; undefined for anything else. */
export const readRef = (text: string): RequestRef | undefined => {
  const [kind, id = '', ...rest] = text.split('.');
  if (rest.length > 0) return undefined;
  if (kind === 'developer') {
    const developerId = asId<DeveloperId>(id);
    return developerId && { kind, id: developerId };
  }
  const registrationId = kind === 'registration' ? asId<RegistrationId>(id) : undefined;
  return registrationId && { kind: 'registration', id: registrationId };
};

/** Something that waits for a decision, with the names that tell it apart from others. */
export interface WaitingRequest {
  readonly ref: RequestRef;
  /** since when it waits */
  readonly createdAt: string;
  readonly portal: { readonly id: PortalId; readonly name: string };
  readonly developer: { readonly id: DeveloperId; readonly name: string; readonly email: string; readonly verified: boolean };
  /** of a registration: what asks for what */
  readonly registration:
    | {
        readonly applicationId: ApplicationId;
        readonly applicationName: string;
        readonly productId: ProductId;
        readonly productName: string;
        readonly versionId: VersionId;
        readonly versionName: string;
        /** whether the application still proves itself as the version demands */
        readonly fits: boolean;
      }
    | undefined;
}

/** What of the queue is looked at; absent: all of it. */
export interface RequestFilter {
  readonly kind?: RequestKind | undefined;
  readonly portalId?: PortalId | undefined;
  readonly productId?: ProductId | undefined;
  /** words, each of which stands in the developer's name or address, or in the application's name */
  readonly search?: string | undefined;
}

/** What is decided about requests. */
export interface RequestDecision {
  readonly verdict: 'approve' | 'reject';
  /** for the developer to read */
  readonly reason?: string | undefined;
}
