/** The process's environment, for `readConfig` only. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;
