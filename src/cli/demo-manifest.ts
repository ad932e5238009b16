import { z } from 'zod';

/** The format of `data/seed/demo.yaml`. Values are checked by the use cases that take them; this checks that nothing is misspelt. */

const publication = z.strictObject({
  portal: z.string(),
  publish_status: z.enum(['published', 'unpublished']),
  deprecated: z.boolean(),
  application_registration_enabled: z.boolean(),
  auto_approve_registration: z.boolean(),
  auth_strategies: z.array(z.string()),
});

const document = z.strictObject({
  slug: z.string(),
  title: z.string(),
  status: z.enum(['published', 'unpublished']),
  /** relative to the manifest, as all files */
  file: z.string(),
  get children() {
    return z.array(document).optional();
  },
});

const developer = z.strictObject({
  /** the portal that they sign up in */
  portal: z.string(),
  full_name: z.string(),
  email: z.string(),
  status: z.enum(['approved', 'pending']),
  applications: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      /** names of API keys */
      keys: z.array(z.string()),
      registrations: z.array(
        z.strictObject({
          /** `<product>/<version>` */
          version: z.string(),
          /** absent: it waits, or the version approves by itself */
          decision: z.enum(['approved', 'rejected']).optional(),
          reason: z.string().optional(),
        }),
      ),
    }),
  ),
});

const labels = z.record(z.string(), z.string());
const file = z.strictObject({ file: z.string() });

export const demoManifestSchema = z.strictObject({
  administrator: z.strictObject({ email: z.string(), name: z.string() }),
  /** the first one is who one logs in as to look around */
  developers: z.array(developer),
  auth_strategies: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      display_name: z.string(),
      strategy_type: z.literal('openid_connect'),
      configs: z.strictObject({
        'openid-connect': z.strictObject({
          issuer: z.string(),
          credential_claim: z.array(z.string()),
          scopes: z.array(z.string()),
          auth_methods: z.array(z.string()),
        }),
      }),
    }),
  ),
  portals: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      display_name: z.string(),
      description: z.string(),
      is_public: z.boolean(),
      /** the first portal made is the default one */
      default: z.boolean(),
      appearance: z.looseObject({
        images: z.strictObject({ logo: file.optional(), favicon: file.optional(), catalog_cover: file.optional() }).optional(),
      }),
    }),
  ),
  products: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      labels,
      public_labels: labels,
      portals: z.array(z.string()),
      documents: z.array(document),
      versions: z.array(
        z.strictObject({
          name: z.string(),
          specification: z.string().optional(),
          /** what it was when it was published */
          earlier_specification: z.string().optional(),
          publications: z.array(publication),
        }),
      ),
    }),
  ),
});

export type DemoManifest = z.output<typeof demoManifestSchema>;
export type DemoDocument = z.output<typeof document>;
export type DemoDeveloper = z.output<typeof developer>;
