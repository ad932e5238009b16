import { countSchemas, listGroupOperations } from '../../../domain/products/index.ts';
import { listVisibleEditions } from '../../../domain/visibility/index.ts';
import type { Breadcrumb } from '../../../http/layout-model.ts';
import { counted } from '../../../http/pagination.ts';
import { slotText } from '../../../http/slots.ts';
import type { SpecFormat } from '../../../rendering/openapi/types.ts';
import { changedOf } from '../changed.ts';
import type { PortalContext } from '../context.ts';
import { paths } from '../paths.ts';
import { trail, versionBadge } from '../product.ts';
import { mayRegister, registerHref } from '../registering.ts';
import { navigationOf, nearest, type Shown } from './navigation.ts';
import type { ShownReference, ShownVersion } from './shown.ts';

/** A document with no more operations shows all of them in its navigation, and as lists on its first page. */
export const MAX_LISTED = 100;

/** The last step of the way is the page itself. */
export const way = ({ product, version, at }: ShownVersion, ...steps: readonly Breadcrumb[]): Breadcrumb[] =>
  trail(
    product,
    steps.length === 0 ? { label: version.name } : { label: version.name, href: paths.reference(at.product, at.version) },
    ...steps,
  );

/** What every page of a reference has: the version and the others, the navigation. */
export const frame = async (ctx: PortalContext, reference: ShownReference, shown: Shown, searched = '') => {
  const { content, at, version, product } = reference;
  const { groups, operationCount, contentHash } = content;
  const isWhole = operationCount <= MAX_LISTED;
  const operations = await listGroupOperations(ctx, contentHash, isWhole ? groups.map(({ name }) => name) : shown.groups);
  const { areSchemas = false, areChanges = false } = shown;
  const isOverview = shown.groups.length === 0 && shown.operation === undefined && !areSchemas && !areChanges && searched === '';
  const schemaCount = await countSchemas(ctx, contentHash);
  const editions = (await listVisibleEditions(ctx, ctx.portal, [version])).get(version.id);
  return {
    name: content.title === '' ? product.name : content.title,
    version: {
      name: version.name,
      deprecated: version.deprecated,
      newer: newerOf(reference),
      apiVersion: content.apiVersion,
      specVersion: `${content.specVersion.startsWith('2') ? 'Swagger' : 'OpenAPI'} ${content.specVersion}`,
      operations: counted(operationCount, 'operation', 'operations'),
      changed: changedOf(at, editions),
    },
    picker: pickerOf(reference),
    registration: await registrationOf(ctx, reference),
    docsHref: product.documentCount > 0 ? paths.product(product.slug) : false,
    downloads: downloadsOf(at, content.format),
    fullPageHref: paths.redoc(at.product, at.version, shown.areCurrent ? { tag: shown.groups } : {}),
    navigation: {
      id: 'operations',
      label: 'Operations',
      items: [
        {
          label: 'Overview',
          href: paths.reference(at.product, at.version),
          current: isOverview,
        },
        ...navigationOf(at, groups, isWhole ? operations : nearest(operations, shown.operation), shown),
        ...(schemaCount === 0
          ? []
          : [
              {
                label: 'Schemas',
                href: paths.schemas(at.product, at.version),
                count: schemaCount,
                ...(shown.areSchemas ? { current: true } : {}),
              },
            ]),
      ],
    },
    find: {
      action: paths.reference(at.product, at.version),
      value: searched,
      // Then the navigation does not list all of them, and the server is asked as one types.
      hint: isWhole ? false : `Searches all ${counted(operationCount, 'operation', 'operations')}`,
    },
  };
};

/** Where whoever may registers an application for the version, and how those are that they have registered. */
export const registrationOf = async (ctx: PortalContext, { version, product }: ShownVersion) => {
  if (!ctx.developer) return false;
  const isOpen = await mayRegister(ctx, product.id);
  return {
    href: isOpen ? registerHref(version) : '',
    overviewHref: paths.createApplication(version.id),
    state: slotText('registered'),
  };
};

/** The newest version that is not deprecated, where this one is. */
export const newerOf = ({ version, versions, product }: ShownVersion) => {
  const newer = version.deprecated ? versions.find(({ deprecated }) => !deprecated) : undefined;
  return newer ? { name: newer.name, href: paths.reference(product.slug, newer.slug) } : false;
};

/** Chooses another version of the product; without a script by a button. */
export const pickerOf = ({ product, version, versions }: ShownVersion) =>
  versions.length < 2
    ? false
    : {
        id: 'version',
        action: paths.reference(product.slug, version.slug),
        name: 'version',
        label: 'Version',
        button: 'Show',
        options: versions.map((other) => {
          const badge = versionBadge(other, versions);
          const state = badge ? ` (${badge.text.toLowerCase()})` : '';
          return { value: other.slug, text: `${other.name}${state}`, selected: other.id === version.id };
        }),
      };

/** What every page of a reference is about. */
export const subjectOf = ({ product, version }: ShownVersion) => ({ kind: 'reference', product, version }) as const;

/** The title of a page: its part of the reference, the product, the version. */
export const titleOf = ({ product, version }: ShownVersion, part?: string): string =>
  `${part === undefined ? '' : `${part} · `}${product.name} ${version.name}`;

/** The upload itself first, then its other format. */
const downloadsOf = (at: { product: string; version: string }, original: SpecFormat) => {
  const other = original === 'json' ? 'yaml' : 'json';
  return [
    { label: original.toUpperCase(), href: paths.download(at.product, at.version) },
    { label: other.toUpperCase(), href: paths.download(at.product, at.version, other) },
  ];
};
