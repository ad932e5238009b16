import type { Route } from './routes.ts';

/** Serves the OpenAPI document of an API of our own beside it, to whoever asks. */
export const descriptionRoute = (yaml: string): Route<unknown> => ({
  method: 'get',
  path: '/openapi.yaml',
  access: 'anyone',
  audit: null,
  handler: (_req, res) => {
    res.set('Cache-Control', 'no-cache').type('application/yaml').send(yaml);
  },
});
