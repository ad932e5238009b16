import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** The folder of the demonstration content, with a trailing slash. */
export const seedDirectory: string = fileURLToPath(new URL('../../data/seed/', import.meta.url));

const labelValue = z
  .string()
  .max(63)
  .regex(/^[a-z0-9A-Z](?:[a-z0-9A-Z-._]*[a-z0-9A-Z])?$/);
const labelKey = z
  .string()
  .min(1)
  .max(63)
  .regex(/^(?!kong|konnect|mesh|kic|_)/);
const labels = z.record(labelKey, labelValue).refine((value) => Object.keys(value).length <= 50, 'at most 50 labels');

const fontName = z.enum([
  'Roboto',
  'Inter',
  'Open Sans',
  'Lato',
  'Slabo 27px',
  'Slabo 13px',
  'Oswald',
  'Source Sans Pro',
  'Montserrat',
  'Raleway',
  'PT Sans',
  'Lora',
  'Roboto Mono',
  'Inconsolata',
  'Source Code Pro',
  'PT Mono',
  'Ubuntu Mono',
  'IBM Plex Mono',
]);

const color = z.strictObject({ value: z.string().min(1).max(255), description: z.string().max(512) });

const theme = z.strictObject({
  colors: z.strictObject({
    section: z.strictObject({
      header: color,
      body: color,
      hero: color,
      accent: color,
      tertiary: color,
      stroke: color,
      footer: color,
    }),
    text: z.strictObject({
      header: color,
      hero: color,
      headings: color,
      primary: color,
      secondary: color,
      accent: color,
      link: color,
      footer: color,
    }),
    button: z.strictObject({ primary_fill: color, primary_text: color }),
  }),
});

const image = z.strictObject({ file: z.string() });

const portal = z.strictObject({
  key: z.string(),
  name: z
    .string()
    .max(100)
    .regex(/^[a-z0-9-]+$/),
  display_name: z.string().min(1).max(100),
  description: z.string(),
  is_public: z.boolean(),
  default: z.boolean(),
  appearance: z.strictObject({
    theme_name: z.enum(['mint_rocket', 'dark_mode', 'custom']),
    custom_theme: theme.nullable(),
    use_custom_fonts: z.boolean(),
    custom_fonts: z.strictObject({ base: fontName, code: fontName, headings: fontName }),
    text: z.strictObject({
      catalog: z.strictObject({ primary_header: z.string().max(512), welcome_message: z.string().max(512) }),
    }),
    images: z.strictObject({ logo: image, favicon: image.optional(), catalog_cover: image }),
  }),
});

const status = z.enum(['published', 'unpublished']);

const document = z.strictObject({
  slug: z.string().regex(/^[\w-]{1,80}$/),
  title: z.string().min(1),
  status,
  file: z.string(),
  get children() {
    return z.array(document).optional();
  },
});

const publication = z
  .strictObject({
    portal: z.string(),
    publish_status: status,
    deprecated: z.boolean(),
    application_registration_enabled: z.boolean(),
    auto_approve_registration: z.boolean(),
    auth_strategies: z.array(z.string()).max(1),
  })
  .refine((value) => !value.application_registration_enabled || value.auth_strategies.length === 1, {
    error: 'registration needs an auth strategy',
  });

const version = z.strictObject({
  name: z.string().min(1),
  specification: z
    .string()
    .regex(/\.(?:yaml|yml|json)$/)
    .optional(),
  earlier_specification: z
    .string()
    .regex(/\.(?:yaml|yml|json)$/)
    .optional(),
  publications: z.array(publication),
});

const product = z.strictObject({
  name: z.string().min(1).max(100),
  description: z.string(),
  labels,
  public_labels: labels,
  portals: z.array(z.string()),
  documents: z.array(document),
  versions: z.array(version),
});

const authStrategy = z.strictObject({
  key: z.string(),
  name: z.string().min(1).max(256),
  display_name: z.string().max(256),
  strategy_type: z.literal('openid_connect'),
  configs: z.strictObject({
    'openid-connect': z.strictObject({
      issuer: z.url().max(256),
      credential_claim: z.array(z.string().max(128)).max(10),
      scopes: z.array(z.string().max(128)).max(50),
      auth_methods: z.array(z.string().max(64)).max(10),
    }),
  }),
});

const developer = z.strictObject({
  portal: z.string(),
  full_name: z.string().max(250),
  email: z.email().endsWith('.example'),
  status: z.enum(['approved', 'pending']),
  applications: z.array(
    z.strictObject({
      name: z.string().max(255),
      description: z.string(),
      keys: z.array(z.string()),
      registrations: z.array(
        z.strictObject({
          version: z.string(),
          decision: z.enum(['approved', 'rejected']).optional(),
          reason: z.string().optional(),
        }),
      ),
    }),
  ),
});

const manifest = z.strictObject({
  administrator: z.strictObject({ email: z.email().endsWith('.example'), name: z.string() }),
  developers: z.array(developer),
  auth_strategies: z.array(authStrategy),
  portals: z.array(portal),
  products: z.array(product),
});

export type DemoManifest = z.infer<typeof manifest>;
export type DemoDocument = z.infer<typeof document>;

/** Reads `data/seed/demo.yaml`; throws with every deviation from its format and from the contract's limits. */
export function readDemoManifest(): DemoManifest {
  return manifest.parse(parse(readFileSync(`${seedDirectory}demo.yaml`, 'utf8')));
}

/** All documents of a tree, parents first, each with its depth (1 at the top). */
export function flattenDocuments(documents: readonly DemoDocument[], depth = 1): { document: DemoDocument; depth: number }[] {
  return documents.flatMap((entry) => [{ document: entry, depth }, ...flattenDocuments(entry.children ?? [], depth + 1)]);
}
