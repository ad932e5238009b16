import type { Api, Operation, SecurityRequirement } from '../model/model.ts';

/** What a request carries to be authorized, with placeholders for secrets. */
export interface SampleAuthorization {
  headers: [string, string][];
  query: [string, string][];
  cookies: [string, string][];
}

/** The alternatives of an operation: its own, else those of the document. */
export const securityOf = (api: Api, operation: Operation): SecurityRequirement[] => operation.security ?? api.security;

const headerName = (name: string): string => name.replace(/[^\w-]/g, '') || 'X-API-Key';

/** The placeholders of the first alternative that needs any. */
export const authorizationOf = (api: Api, operation: Operation): SampleAuthorization => {
  const authorization: SampleAuthorization = { headers: [], query: [], cookies: [] };
  const requirement = securityOf(api, operation).find((alternative) => alternative.length > 0) ?? [];
  for (const { scheme: name } of requirement) {
    const scheme = api.schemes.get(name);
    if (scheme === undefined || scheme.type === 'mutualTLS' || scheme.type === 'unknown') continue;
    if (scheme.type === 'apiKey') {
      const pair: [string, string] = [scheme.parameterName ?? 'api_key', 'YOUR_API_KEY'];
      if (scheme.place === 'query') authorization.query.push(pair);
      else if (scheme.place === 'cookie') authorization.cookies.push([headerName(pair[0]), pair[1]]);
      else authorization.headers.push([headerName(pair[0]), pair[1]]);
    } else if (scheme.type === 'http' && scheme.scheme === 'basic') {
      authorization.headers.push(['Authorization', 'Basic YOUR_CREDENTIALS']);
    } else if (scheme.type === 'http' && scheme.scheme !== undefined && scheme.scheme !== 'bearer') {
      authorization.headers.push(['Authorization', `${headerName(scheme.scheme)} YOUR_CREDENTIALS`]);
    } else {
      authorization.headers.push(['Authorization', 'Bearer YOUR_TOKEN']);
    }
  }
  return authorization;
};
