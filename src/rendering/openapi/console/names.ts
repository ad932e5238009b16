/** Names of the console's form: places rather than names of the API, which may hold anything. */
export const SERVER = 'server';
export const MEDIA = 'media';

export const variableName = (server: number, variable: number): string => `variable-${server}-${variable}`;
export const parameterName = (index: number): string => `parameter-${index}`;
/** Says that a parameter is sent with nothing in it. */
export const emptyName = (index: number): string => `empty-${index}`;
/** The body as a text or a file, by the place of its media type: what is typed for one is nothing of the others. */
export const bodyName = (media: number): string => `body-${media}`;
/** A field of a body that is a form. */
export const formFieldName = (media: number, index: number): string => `field-${media}-${index}`;
/** A key or token; for HTTP Basic the password. */
export const secretName = (index: number): string => `secret-${index}`;
export const userName = (index: number): string => `user-${index}`;
