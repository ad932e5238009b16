/** A query as an address has it: absent values are left out, lists repeat their name. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A text as one part of a path. */
export const segment = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '�'));

/** `?…`, or nothing when there is nothing to say. */
export const queryString = (query: Query): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const item of typeof value === 'object' ? value : [value]) parameters.append(name, String(item));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
};
