import type { VersionId } from '../../../domain/ids.ts';
import type { Specification, Version } from '../../../domain/products/index.ts';
import type { ProductPortal, VersionPublication } from '../../../domain/publications/index.ts';
import { html, type SafeHtml } from '../../../lib/html.ts';
import type { AdminContext } from '../context.ts';
import { versionPaths } from '../products/paths.ts';
import { timeHtml } from '../time.ts';

/** What is known of some versions of a product, as far as the administrator may see it. */
export interface VersionFacts {
  readonly specifications: ReadonlyMap<VersionId, Specification>;
  readonly publications: ReadonlyMap<VersionId, readonly VersionPublication[]>;
  /** the portals that the product is assigned to */
  readonly assigned: readonly ProductPortal[];
}

/** How a version stands in a portal, in a word. */
export const stateOf = (
  { publishStatus, deprecated, portalId }: VersionPublication,
  assigned: readonly ProductPortal[],
): { readonly text: string; readonly kind: 'success' | 'warning' | 'neutral' } => {
  if (publishStatus === 'unpublished') return { text: 'Unpublished', kind: 'neutral' };
  if (!assigned.some((portal) => portal.portalId === portalId)) return { text: 'Product not in portal', kind: 'neutral' };
  return deprecated ? { text: 'Deprecated', kind: 'warning' } : { text: 'Published', kind: 'success' };
};

const portalsHtml = (publications: readonly VersionPublication[], assigned: readonly ProductPortal[]): SafeHtml =>
  publications.length === 0
    ? html`<span class="muted">In no portal</span>`
    : html`<span class="cluster">${publications.map((publication) => {
        const { text, kind } = stateOf(publication, assigned);
        return html`<span class="badge badge-${kind}">${publication.portalName}: ${text.toLowerCase()}</span>`;
      })}</span>`;

/** Versions as a table. */
export const versionsTable = ({ region }: AdminContext, versions: readonly Version[], facts: VersionFacts) => ({
  caption: 'Versions',
  head: [{ text: 'Version' }, { text: 'Specification' }, { text: 'Gateway' }, { text: 'Portals' }, { text: 'Updated' }],
  rows: versions.map(({ id, productId, name, gatewayService, updatedAt }) => [
    { text: name, href: versionPaths.version(region, { productId, versionId: id }), header: true },
    { html: wordOr(facts.specifications.get(id)?.name, 'None') },
    { html: wordOr(gatewayService ? 'Linked' : undefined, 'Not linked') },
    { html: portalsHtml(facts.publications.get(id) ?? [], facts.assigned) },
    { html: timeHtml(updatedAt) },
  ]),
});

const wordOr = (word: string | undefined, otherwise: string): SafeHtml =>
  word === undefined ? html`<span class="muted">${otherwise}</span>` : html`${word}`;
