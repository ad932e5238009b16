/** What is said of a registration that no longer fits, and what to do about it. */
export const UNFITTING =
  'It no longer fits: the version now demands another auth strategy in this portal than the application has, or none, so nothing enforces it. Either choose the former strategy again, or have the developer register an application that fits, and take this one away.';
