import type { SafeHtml } from '../lib/html.ts';

/** A place in a navigation. */
export interface NavLink {
  readonly label: string;
  readonly href: string;
  /** Whether the page shown is this one or below it. */
  readonly current: boolean;
}

/** A step of the way to the page shown; the last one has no address. */
export interface Breadcrumb {
  readonly label: string;
  readonly href?: string;
}

/** A notice of what just happened, shown once above the page. */
export interface Flash {
  readonly kind: 'success' | 'info' | 'warning' | 'danger';
  readonly text: string;
}

/** What the document needs whatever its layout. */
export interface DocumentModel {
  /** Of the page alone; layouts add the name of the portal. */
  readonly title: string;
  /** For search engines and link previews; plain text. */
  readonly description?: string;
  /** The page's own absolute address; goes with Open Graph too. */
  readonly canonical?: string;
  /** Such as `noindex`; absent where pages may be indexed. */
  readonly robots?: string;
  /** Absolute address of a picture for link previews. */
  readonly image?: string;
  /** What the page is about, as a block of data for programs. */
  readonly structuredData?: SafeHtml;
  /** BCP 47; `en` when absent. */
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl';
}

/** What `layouts/portal.njk` prints around a page; templates get it as `layout`. */
export interface PortalLayoutModel extends DocumentModel {
  readonly portal: {
    readonly name: string;
    readonly href: string;
    /** The operator's logo; without one, the name is shown. */
    readonly logoHref?: string;
    readonly faviconHref?: string;
    /** The stylesheet of the portal's theme, at a content-hashed address; loaded after `css/portal.css`. */
    readonly stylesheetHref: string;
    /** How it shows until the visitor chooses; `defaultMode()` of the theme. */
    readonly theme: 'light' | 'dark' | 'system';
  };
  /** The same page as Markdown. */
  readonly markdownHref?: string;
  readonly nav: readonly NavLink[];
  /** The search box of the header: a GET form whose field is `q`; suggestions are a piece of a page. Null where there is none. */
  readonly search: { readonly action: string; readonly value: string; readonly suggestions: string } | null;
  /** Who is signed in, or where to sign in; null where nobody can. */
  readonly account:
    | { readonly kind: 'visitor'; readonly signInHref: string; readonly signUpHref?: string }
    | {
        readonly kind: 'developer';
        readonly name: string;
        readonly href: string;
        readonly signOutAction: string;
        readonly csrfToken: string;
      }
    | null;
  readonly breadcrumbs: readonly Breadcrumb[];
  readonly flash?: Flash;
}

/** A heading of the administration's navigation and what is below it. */
export interface NavSection {
  readonly label: string;
  readonly links: readonly (NavLink & { readonly icon: string; readonly count?: number })[];
}

/** What `layouts/admin.njk` prints around a page; templates get it as `layout`. */
export interface AdminLayoutModel extends DocumentModel {
  readonly organisation: { readonly name: string; readonly href: string };
  readonly sections: readonly NavSection[];
  /** The regions to switch between; fewer than two show no switcher. */
  readonly regions: readonly NavLink[];
  readonly account: {
    readonly name: string;
    readonly href: string;
    readonly signOutAction: string;
    readonly csrfToken: string;
  } | null;
  readonly breadcrumbs: readonly Breadcrumb[];
  readonly flash?: Flash;
}
