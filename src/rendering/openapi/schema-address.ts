/** Names that an address cannot carry as they are: `.` and `..` lead elsewhere, and what ends in `.md` asks for Markdown. */
const RESERVED = /(?:^\.{0,2}|\.md)(?:\.html)*$/;

/** The part of an address that names a schema: its name; behind those that are reserved `.html`, so that no two have the same. */
export const schemaAddress = (name: string): string => (RESERVED.test(name) ? `${name}.html` : name);

/** The name of the schema that such a part of an address stands for. */
export const schemaNameAt = (address: string): string => {
  const name = address.replace(/\.html$/, '');
  return RESERVED.test(name) ? name : address;
};
