import type { EntityType } from '../../../domain/access/index.ts';

/** What entities of a type are called: one, all of them. */
export const ENTITY_WORDS: Record<EntityType, { readonly one: string; readonly many: string }> = {
  product: { one: 'API product', many: 'API products' },
  portal: { one: 'Portal', many: 'Portals' },
  'auth-strategy': { one: 'Auth strategy', many: 'Auth strategies' },
  'dcr-provider': { one: 'DCR provider', many: 'DCR providers' },
  'control-plane': { one: 'Control plane', many: 'Control planes' },
  organisation: { one: 'Organisation', many: 'Organisation' },
};

/** What each role allows, in a few words. */
export const ROLE_WORDS: Record<EntityType, Readonly<Record<string, string>>> = {
  product: {
    Viewer: 'read it with everything in it, and its analytics',
    Publisher: 'also publish and deprecate it, in portals that one may view',
    'Application Registration': 'also open it for registration, choose its strategy, and decide requests for it',
    Maintainer: 'also edit it with its versions, documents and specifications, and decide requests for it',
    Admin: 'everything, also delete it and give others roles on it',
    Creator: 'create new ones, and be Admin of those',
  },
  portal: {
    Viewer: 'read it with its products, developers, applications and teams',
    'Product Publisher': 'also publish in it what one may view',
    'Appearance Maintainer': 'edit its appearance, and nothing else',
    Maintainer: 'also publish in it, edit its appearance, and decide registrations',
    Admin: 'everything: settings, log-in, developers, teams; delete it and give others roles on it',
    Creator: 'create new ones, and be Admin of those',
  },
  'auth-strategy': { Viewer: 'read it', Maintainer: 'edit and delete it', Creator: 'create new ones' },
  'dcr-provider': { Viewer: 'read it', Maintainer: 'edit and delete it', Creator: 'create new ones' },
  'control-plane': {
    Viewer: 'read it',
    Admin: 'everything in it, and delete it',
    Creator: 'create new ones, and be Admin of those',
  },
  organisation: {
    'Identity Admin': 'manage people, teams, system accounts, tokens and roles',
    'Organisation Admin': 'everything',
  },
};
