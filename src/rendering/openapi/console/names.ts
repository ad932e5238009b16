/** Names of the console's form: places rather than names of the API, which may hold anything. */
export const SERVER = 'server';
export const MEDIA = 'media';
export const BODY = 'body';

export const variableName = (server: number, variable: number): string => `variable-${server}-${variable}`;
export const parameterName = (index: number): string => `parameter-${index}`;
/** Says that a parameter is sent with nothing in it. */
export const emptyName = (index: number): string => `empty-${index}`;
export const formFieldName = (index: number): string => `field-${index}`;
/** A key or token; for HTTP Basic the password. */
export const secretName = (index: number): string => `secret-${index}`;
export const userName = (index: number): string => `user-${index}`;
