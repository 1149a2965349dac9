import type { Api, Services } from '../../api.ts';

/** GET /metrics: for Prometheus, with a key that may see the whole instance. */
export function getMetrics(api: Api, { metrics }: Services): void {
  api.get('/metrics', { config: { scope: 'instance:admin' } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.expose()),
  );
}
