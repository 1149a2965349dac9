import { listSipMessages } from '../../../calls/sip-messages.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { readCursor, writeCursor } from '../../cursor.ts';
import { requireCall } from '../../require-call.ts';
import { getPhoneCallTraceSchema } from './schema.ts';

/** Column `number` is an integer of PostgreSQL. */
const largestNumber = 2 ** 31 - 1;

/** GET /phone/calls/{call_id}/trace: a page of the call's SIP messages, oldest first. */
export function getPhoneCallTrace(api: Api, { store }: Services): void {
  const options = { schema: getPhoneCallTraceSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/calls/:call_id/trace', options, async (request) => {
    const { cursor, limit } = request.query;
    const { id, orgId } = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const after = cursor ? readCursor(cursor, messageNumber) : null;
    const { items, next } = await listSipMessages(store.db, orgId, id, after, limit);
    return {
      items: items.map(({ number, atMs, direction, transport, remote, local, text }) => ({
        number,
        at_ms: atMs,
        direction,
        transport,
        remote,
        local,
        text,
      })),
      next: next === null ? null : writeCursor([next]),
    };
  });
}

function messageNumber([number]: readonly unknown[]): number | null {
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= largestNumber
    ? number
    : null;
}
