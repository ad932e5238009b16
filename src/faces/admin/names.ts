/** What developers know something by; beside it, where it says something else, its name. */
export const calledAs = ({ name, displayName }: { readonly name: string; readonly displayName: string }): string =>
  name === displayName ? name : `${displayName} (${name})`;
