import { listContacts } from '../../../contacts/contacts.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { contactOnWire } from '../../contact.ts';
import { readPageKey, writePageKey } from '../../cursor.ts';
import { getContactsSchema } from './schema.ts';

/** GET /contacts: a page of contacts, newest first. */
export function getContacts(api: Api, { store }: Services): void {
  const options = { schema: getContactsSchema, config: { scope: 'contacts:read' } } as const;
  api.get('/contacts', options, async (request) => {
    const { cursor, limit, phone_number: phoneNumber, email } = request.query;
    const { orgId } = identityOf(request);
    const { items, next } = await listContacts(store.db, orgId, { phoneNumber, email }, readPageKey(cursor), limit);
    return { items: items.map(contactOnWire), next: writePageKey(next) };
  });
}
