/** What the address of a page must not end in: with `.md` it asks for the Markdown of what is before it. */
const RESERVED = /\.md(?:\.html)*$/;

/** The part of an address that names a schema: its name; where that ends in `.md`, with `.html` behind it, so that no two have the same. */
export const schemaAddress = (name: string): string => (RESERVED.test(name) ? `${name}.html` : name);

/** The name of the schema that such a part of an address stands for. */
export const schemaNameAt = (address: string): string => address.replace(/(\.md(?:\.html)*)\.html$/, '$1');
