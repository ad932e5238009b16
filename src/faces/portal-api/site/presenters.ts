import type { Portal } from '../../../domain/portals/index.ts';
import { appearanceDefaults } from '../../../rendering/theme/index.ts';
import { colorsOf } from './stylesheet.ts';

/** An installation has one organisation, and it needs no id: the nil UUID (RFC 9562, section 5.9). */
const ORGANISATION_ID = '00000000-0000-0000-0000-000000000000';

/** What a portal client has to know before it shows anything. */
export const presentContext = (portal: Portal) => ({
  portal_id: portal.id,
  org_id: ORGANISATION_ID,
  name: portal.displayName,
  canonical_domain: portal.customDomain ?? portal.defaultDomain,
  is_public: portal.isPublic,
  rbac_enabled: portal.rbacEnabled,
  basic_auth_enabled: portal.basicAuthEnabled && !portal.isPublic,
  oidc_auth_enabled: false,
  dcr_provider_ids: [],
  featureset_id: 'portico',
  allowed_time_period: '90-days',
});

/**
 * How a portal looks: its texts, the addresses of its images, the colours of its theme.
 * @param api the address of this API as the client reached it: clients live on other hosts, too
 */
export const presentAppearance = ({ appearance }: Portal, api: string) => {
  const { welcome_message, primary_header } = (appearance.text ?? appearanceDefaults().text).catalog;
  const { section, text, button } = colorsOf(appearance);
  return {
    variables: {
      catalog: {
        logo: { url: `${api}/portal/logo` },
        cover: { url: `${api}/portal/catalog-cover` },
        primary_header: { text: primary_header },
        welcome_message: { text: welcome_message },
      },
    },
    stylesheets: {
      global: {
        main: {
          data: {
            section_colors: section,
            text_colors: text,
            button_colors: { 'primary-fill': button.primary_fill, 'primary-text': button.primary_text },
          },
        },
      },
    },
  };
};
