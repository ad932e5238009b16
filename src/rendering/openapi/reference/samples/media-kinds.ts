/** What a media type is written as. */

export const isJson = (type: string): boolean => /[/+]json\b|^\*\/\*|jsonl|ndjson|json-seq/i.test(type);
export const isXml = (type: string): boolean => /[/+]xml\b/i.test(type);
export const isForm = (type: string): boolean => /x-www-form-urlencoded|multipart\//i.test(type);
export const isMultipart = (type: string): boolean => /multipart\//i.test(type);
