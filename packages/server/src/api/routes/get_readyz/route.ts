import { z } from 'zod';
import type { Api, Services } from '../../api.ts';

const state = z.enum(['ready', 'degraded', 'not_ready']);
const report = z.object({
  status: state,
  parts: z.record(z.string(), z.object({ state, detail: z.string().optional() })),
});
const schema = { response: { 200: report, 503: report } };

/** GET /readyz: 200 while the server can take calls, also with less; 503 otherwise. Each part tells its state. */
export function getReadyz(api: Api, { readiness }: Services): void {
  api.get('/readyz', { schema }, async (_request, reply) => {
    const found = await readiness.report();
    return reply.code(found.status === 'not_ready' ? 503 : 200).send(found);
  });
}
