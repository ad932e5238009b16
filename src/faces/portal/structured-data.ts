import type { Portal } from '../../domain/portals/index.ts';
import type { CatalogueProduct, VisibleDocument, VisibleVersion } from '../../domain/visibility/index.ts';
import type { Breadcrumb } from '../../http/layout-model.ts';
import { dataBlock, type SafeHtml } from '../../lib/html.ts';
import { paths } from './paths.ts';
import type { ShownProduct } from './product.ts';

/** What a page is about, for programs that read pages. It was all found by what the visitor may see. */
export type PageSubject =
  | { readonly kind: 'portal' }
  | { readonly kind: 'api'; readonly shown: ShownProduct }
  | { readonly kind: 'document'; readonly product: CatalogueProduct; readonly document: VisibleDocument }
  | { readonly kind: 'reference'; readonly product: CatalogueProduct; readonly version: VisibleVersion };

/** A page that has an address of its own. */
export interface DescribedPage {
  readonly subject: PageSubject;
  readonly title: string;
  readonly description: string;
  readonly path: string;
  readonly breadcrumbs: readonly Breadcrumb[];
}

const apiOf = (product: CatalogueProduct, origin: string) => ({
  '@type': 'WebAPI',
  name: product.name,
  url: `${origin}${paths.product(product.slug)}`,
});

const providerOf = ({ displayName }: Portal, origin: string) => ({
  provider: { '@type': 'Organization', name: displayName, url: `${origin}${paths.catalogue()}` },
});

/** The subject in words of schema.org. */
const subjectOf = ({ subject, title, description, path }: DescribedPage, portal: Portal, origin: string): object => {
  const said = { ...(description === '' ? {} : { description }), url: `${origin}${path}` };
  switch (subject.kind) {
    case 'portal': {
      const target = { '@type': 'EntryPoint', urlTemplate: `${origin}${paths.search()}?q={words}` };
      const search = { '@type': 'SearchAction', target, 'query-input': 'required name=words' };
      return { '@type': 'WebSite', name: portal.displayName, ...said, potentialAction: search };
    }
    case 'api': {
      const { product, versions } = subject.shown;
      const [latest] = versions;
      return {
        ...{ ...apiOf(product, origin), ...said, dateModified: product.updatedAt },
        ...(latest ? { documentation: `${origin}${paths.reference(product.slug, latest.slug)}` } : {}),
        ...providerOf(portal, origin),
      };
    }
    case 'document': {
      const { product, document } = subject;
      const dates = { datePublished: document.createdAt, dateModified: document.updatedAt };
      return { '@type': 'TechArticle', headline: document.title, ...said, ...dates, about: apiOf(product, origin) };
    }
    case 'reference': {
      const { product, version } = subject;
      return { '@type': 'APIReference', headline: title, ...said, version: version.name, about: apiOf(product, origin) };
    }
  }
};

const wayOf = ({ breadcrumbs, path }: DescribedPage, origin: string): object[] =>
  breadcrumbs.length === 0
    ? []
    : [
        {
          '@type': 'BreadcrumbList',
          itemListElement: breadcrumbs.map(({ label, href }, at) => ({
            ...{ '@type': 'ListItem', position: at + 1, name: label, item: `${origin}${href ?? path}` },
          })),
        },
      ];

/** What a page is and where it stands, as JSON-LD to be printed in its head. */
export const structuredData = (page: DescribedPage, portal: Portal, origin: string): SafeHtml =>
  dataBlock('application/ld+json', {
    '@context': 'https://schema.org',
    '@graph': [subjectOf(page, portal, origin), ...wayOf(page, origin)],
  });
