import { type Request, type Response, Router } from 'express';

/** `/healthz` says that the process runs, `/readyz` that its databases answer as well. For load balancers, on every host. */
export const health = (ping: () => Promise<void>): Router => {
  const router = Router();
  const say = (res: Response, status: number, text: string): void => {
    res.status(status).set('Cache-Control', 'no-store').type('text/plain').send(`${text}\n`);
  };
  router.get('/healthz', (_req: Request, res: Response) => say(res, 200, 'ok'));
  router.get('/readyz', async (_req: Request, res: Response) => {
    const ready = await ping().then(
      () => true,
      () => false,
    );
    say(res, ready ? 200 : 503, ready ? 'ready' : 'the database does not answer');
  });
  return router;
};
