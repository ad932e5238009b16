/**
 * Where the value of each field of OpenAPI is to be seen: `Object.field`, the page below the reference, a selector on it, and the text
 * that an element so selected holds (none where it is enough that there is one). Fields of a group of objects that are alike, such as the
 * flows of OAuth, stand under each of these.
 */
export type Place = readonly [field: string, page: string, selector: string, text?: string];

export const OVERVIEW = '';
export const FACTS = '.overview-facts div';
export const operation = (id: string): string => `/operations/${id}`;
export const schema = (name: string): string => `/schemas/${name}`;

export const parameter = (name: string): string => `[data-parameter="${name}"]`;
/** The row of a property, by its name. */
export const property = (name: string): string => `.properties > div:has(> dt > code:contains("${name}"))`;
export const special = (words: string): string => `.properties > div:has(> dt > .property-any:contains("${words}"))`;
export const response = (status: string): string => `.response[data-status="${status}"]`;
export const scheme = (name: string): string => `.security-scheme:has(h3:contains("${name}"))`;
