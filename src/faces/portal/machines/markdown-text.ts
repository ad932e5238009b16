/** Text on one line, without what would end a link. */
export const inLine = (text: string): string => text.replace(/\s+/g, ' ').replace(/[[\]]/g, '\\$&').trim();

export const link = (text: string, href: string): string => `[${inLine(text)}](${href})`;
