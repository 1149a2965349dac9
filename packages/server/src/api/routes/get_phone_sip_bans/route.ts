import type { Api, Services } from '../../api.ts';
import { readCursor, writeCursor } from '../../cursor.ts';
import { getSipBansSchema } from './schema.ts';

/** GET /phone/sip/bans: a page of the sources this process gives no answer, the newest first. */
export function getSipBans(api: Api, { calls }: Services): void {
  const options = { schema: getSipBansSchema, config: { scope: 'instance:admin' } } as const;
  api.get('/phone/sip/bans', options, async ({ query: { cursor, limit } }) => {
    const after = cursor ? readCursor(cursor, momentAndSource) : null;
    const bans = calls
      .bans()
      .sort((a, b) => b.sinceMs - a.sinceMs || compare(a.source, b.source))
      .filter(({ sinceMs, source }) => {
        if (after === null) return true;
        return sinceMs < after.sinceMs || (sinceMs === after.sinceMs && compare(source, after.source) > 0);
      });
    const items = bans.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ source, reason, sinceMs, untilMs, strikes, dropped }) => ({
        source,
        reason,
        since: new Date(sinceMs).toISOString(),
        until: new Date(untilMs).toISOString(),
        strikes,
        dropped,
      })),
      next: last && bans.length > limit ? writeCursor([last.sinceMs, last.source]) : null,
    };
  });
}

function momentAndSource([sinceMs, source]: readonly unknown[]) {
  return typeof sinceMs === 'number' && typeof source === 'string' ? { sinceMs, source } : null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
