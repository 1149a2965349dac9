import { z } from 'zod';
import type { Api } from '../../api.ts';

const schema = { response: { 200: z.object({ status: z.literal('ok'), uptime_s: z.number() }) } };

/** GET /healthz: the process lives and its event loop turns. */
export function getHealthz(api: Api): void {
  api.get('/healthz', { schema }, async () => ({ status: 'ok' as const, uptime_s: Math.round(process.uptime()) }));
}
