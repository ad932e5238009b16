import { createHash } from 'node:crypto';
import { type ColorVariable, parseColor, type ThemeColors, type ThemeSettings } from '../../rendering/theme/index.ts';
import { type Issue, invalid } from '../errors.ts';

/** Texts of a portal that its operator chooses. */
export interface AppearanceText {
  readonly catalog: { readonly welcome_message: string; readonly primary_header: string };
}

/** How a portal looks, but for its images; in the shape of the management API, in which it is stored. */
export interface PortalAppearance extends ThemeSettings {
  /** null: the texts that come with every portal */
  readonly text: AppearanceText | null;
}

export const IMAGE_KINDS = ['logo', 'favicon', 'catalog_cover'] as const;
export type ImageKind = (typeof IMAGE_KINDS)[number];

/** An image as it was uploaded: a data URL. */
export interface UploadedImage {
  readonly data: string;
  readonly filename?: string | undefined;
}

export type AppearanceImages = Readonly<Record<ImageKind, UploadedImage | null>>;

/** Absent leaves as it is, null goes back to what comes with every portal. */
export interface AppearanceChanges {
  readonly theme_name?: PortalAppearance['theme_name'] | undefined;
  readonly custom_theme?: PortalAppearance['custom_theme'] | undefined;
  readonly use_custom_fonts?: boolean | undefined;
  readonly custom_fonts?: PortalAppearance['custom_fonts'] | undefined;
  readonly text?: AppearanceText | null | undefined;
  readonly images?: { readonly [Kind in ImageKind]?: UploadedImage | null | undefined } | null | undefined;
}

/** The look of a new portal. */
export const INITIAL_APPEARANCE: PortalAppearance = {
  theme_name: 'mint_rocket',
  custom_theme: null,
  use_custom_fonts: false,
  custom_fonts: null,
  text: null,
};

/**
 * An appearance after a change: each of its parts is kept, replaced as a whole, or cleared.
 * @throws invalid when a colour cannot be read, or a choice lacks what it needs
 */
export const changeAppearance = (before: PortalAppearance, changes: AppearanceChanges): PortalAppearance => {
  const after: PortalAppearance = {
    theme_name: changes.theme_name ?? before.theme_name,
    custom_theme: changes.custom_theme === undefined ? before.custom_theme : changes.custom_theme,
    use_custom_fonts: changes.use_custom_fonts ?? before.use_custom_fonts,
    custom_fonts: changes.custom_fonts === undefined ? before.custom_fonts : changes.custom_fonts,
    text: changes.text === undefined ? before.text : changes.text,
  };
  const issues = changes.custom_theme ? colorIssues(changes.custom_theme.colors) : [];
  if (after.theme_name === 'custom' && after.custom_theme === null) issues.push(needs('theme_name', 'custom', 'custom_theme'));
  if (after.use_custom_fonts && after.custom_fonts === null) issues.push(needs('use_custom_fonts', 'true', 'custom_fonts'));
  const [first, ...rest] = issues;
  if (first) throw invalid(first, ...rest);
  return after;
};

const needs = (field: string, value: string, dependent: string): Issue => ({
  field,
  rule: 'dependent_fields',
  dependents: [dependent],
  reason: `${field} can be ${value} only together with ${dependent}`,
  source: 'body',
});

const colorIssues = (colors: ThemeColors): Issue[] =>
  Object.entries(colors).flatMap(([group, variables]) =>
    Object.entries<ColorVariable>(variables)
      .filter(([, { value }]) => parseColor(value) === undefined)
      .map(([name]): Issue => {
        const field = `custom_theme.colors.${group}.${name}.value`;
        return {
          field,
          rule: 'invalid',
          reason: `${field} must be a colour, such as #1155CB, rgb(17, 85, 203), hsl(218, 85%, 43%) or the name of a basic one`,
          source: 'body',
        };
      }),
  );

/** The longest data URL that is taken, in characters: about one and a half million bytes of image. */
export const MAX_IMAGE_LENGTH = 2 * 1024 * 1024;

const IMAGE_PREFIX = /^data:(image\/(?:png|jpeg|x-icon|ico|icon|vnd\.microsoft\.icon|gif))(?:;base64)?,/;
const BASE64 = /^[A-Za-z\d+/]*={0,2}$/;

/** An image as it is served. */
export interface ServedImage {
  readonly contentType: string;
  readonly bytes: Buffer;
  /** changes with the image */
  readonly contentHash: string;
}

/** Whether a text is a data URL with an image in base64. Nobody looks into the image itself. */
export const isImageUrl = (data: string): boolean => {
  const prefix = IMAGE_PREFIX.exec(data)?.[0];
  if (prefix === undefined) return false;
  const payload = data.slice(prefix.length);
  return payload.length % 4 === 0 && BASE64.test(payload);
};

/** The image of a data URL that {@link isImageUrl} accepted. */
export const servedImage = (data: string): ServedImage => {
  const match = IMAGE_PREFIX.exec(data);
  return {
    contentType: match?.[1] ?? 'application/octet-stream',
    bytes: Buffer.from(data.slice(match?.[0].length ?? 0), 'base64'),
    contentHash: imageHash(data),
  };
};

export const imageHash = (data: string): string => createHash('sha256').update(data).digest('hex');

/** @throws invalid when an image is too long or no data URL of an image */
export const checkImages = (images: AppearanceChanges['images']): void => {
  const issues = Object.entries(images ?? {}).flatMap(([kind, image]): Issue[] => {
    if (!image) return [];
    const field = `images.${kind}.data`;
    if (image.data.length > MAX_IMAGE_LENGTH)
      return [
        {
          field,
          rule: 'max_length',
          maximum: MAX_IMAGE_LENGTH,
          reason: `${field} must not be longer than ${MAX_IMAGE_LENGTH} characters`,
          source: 'body',
        },
      ];
    if (isImageUrl(image.data)) return [];
    return [
      {
        field,
        rule: 'matches_regex',
        reason: `${field} must be a data URL with a PNG, JPEG, GIF or icon in base64: data:image/png;base64,…`,
        source: 'body',
      },
    ];
  });
  const [first, ...rest] = issues;
  if (first) throw invalid(first, ...rest);
};
