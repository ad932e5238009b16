import { createHash } from 'node:crypto';

/** What images in documents may be. */
export const IMAGE_TYPES = ['png', 'jpg', 'gif', 'webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** Where the images of a product stand, seen from its documents. */
export const IMAGE_FOLDER = 'images';

/** Digits of the hash that names an image. */
const HASH_LENGTH = 32;

/** The hash that names an image: of its bytes, hexadecimal. */
export const imageHash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, HASH_LENGTH);

/** How a document names an image of its product: `images/<hash>.png`. */
export const imagePath = ({ hash, type }: { readonly hash: string; readonly type: ImageType }): string =>
  `${IMAGE_FOLDER}/${hash}.${type}`;

const NAMED = new RegExp(`${IMAGE_FOLDER}/([0-9a-f]{${HASH_LENGTH}})\\.(?:${IMAGE_TYPES.join('|')})\\b`, 'g');
const OWN = new RegExp(`^(?:\\./)?(${NAMED.source})$`);

/** Whether an address in a document names an image of its product; answers it as {@link imagePath} writes it. */
export const asImagePath = (address: string): string | undefined => OWN.exec(address)?.[1];

/** The hashes of the images that a text names, each once. */
export const imagesNamedIn = (text: string): string[] => [...new Set([...text.matchAll(NAMED)].map(([, hash]) => hash ?? ''))];
