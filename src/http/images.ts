import type { Response } from 'express';
import type { ImageType } from '../lib/image-names.ts';

const MEDIA_TYPES: Readonly<Record<ImageType, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

interface Image {
  readonly hash: string;
  readonly type: ImageType;
  readonly bytes: Buffer;
}

/** Answers with an image that somebody uploaded: of the type that its bytes have, and whatever else they hold, nothing of it runs. */
export const sendInertImage = (res: Response, { hash, type, bytes }: Image, cacheControl: string): void => {
  res
    .set({
      'Cache-Control': cacheControl,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Type': MEDIA_TYPES[type],
      'X-Content-Type-Options': 'nosniff',
      ETag: `"${hash}"`,
    })
    .send(bytes);
};
