import { listNumbers } from '../../../phone-number-records.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { phoneNumberOnWire } from '../../phone-number.ts';
import { getPhoneNumbersSchema } from './schema.ts';

/** GET /phone/numbers: a page of the organisation's numbers, newest first. */
export function getPhoneNumbers(api: Api, { store }: Services): void {
  const options = { schema: getPhoneNumbersSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/numbers', options, async (request) => {
    const { cursor, limit, state, agent_id: agentId } = request.query;
    const { orgId } = identityOf(request);
    const after = readPageKey(cursor);
    const { items, next } = await listNumbers(store.db, orgId, { state, agentId }, after, limit, new Date());
    return { items: items.map(phoneNumberOnWire), next: writePageKey(next) };
  });
}
