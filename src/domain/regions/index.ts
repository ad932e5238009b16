/** Where data lives. The codes are those of the reference API's host names. */
export const REGION_CODES = ['us', 'eu', 'au', 'me', 'in'] as const;

export type RegionCode = (typeof REGION_CODES)[number];

/** Whether a text is the code of a region that an installation may serve. */
export const isRegionCode = (text: string): text is RegionCode => (REGION_CODES as readonly string[]).includes(text);
