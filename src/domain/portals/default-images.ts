import type { ImageKind } from './appearance.ts';

const png = (...lines: readonly string[]): string => `data:image/png;base64,${lines.join('')}`;

/** A portico in white on green, 64 by 64 pixels. */
const MARK = png(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAgMAAADXB5lNAAAACVBMVEX///8HqI3///88jgVGAAAAAXRSTlMAQObYZgAAAKJJREFU',
  'eNrtlLERgzAMRX8KRvA+GYECpWAE9skIFGjKnI1kLP/kSEGJGsO7J53P8A0Ag1iNKJWk1pTfH9LUs23wptSC3COhuhF5yBDByCBF',
  'MF0C7GFefWe2qkYwq64BqLoCF1xBFUxBFUzBIewKDmFX0AhF6U7wB1i8Y/sb0IyXvmXZynKDbwdE3+UEpAiu+XHP80IRoxByTCnI',
  'FHW6DLrr4gNaQ4JQvpoPIQAAAABJRU5ErkJggg==',
);

/** A sweep from green to blue, 24 by 6 pixels, made to be stretched. */
const COVER = png(
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAGCAIAAABWyclEAAAAWklEQVR42mNgX9HLvmQCx8JJHHOncs6awTltFtekuVz9C7i6F3N3',
  'LOVuWcHTsJqndi1v5Qbe0s18RVv58nbwZe/mT9/Hn3xAIOGwQMwxwcgTgqGnGUYNop9BAD/ZrqlBHdtIAAAAAElFTkSuQmCC',
);

/** The images that come with every portal. */
export const DEFAULT_IMAGES: Readonly<Record<ImageKind, string>> = { logo: MARK, favicon: MARK, catalog_cover: COVER };
