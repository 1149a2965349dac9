import { createContact } from '../../../contacts/contacts.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { contactFields, contactOnWire } from '../../contact.ts';
import { postContactsSchema } from './schema.ts';

/** POST /contacts: makes a contact. */
export function postContacts(api: Api, { store }: Services): void {
  const options = {
    schema: postContactsSchema,
    config: { scope: 'contacts:write', action: 'contact.create' },
  } as const;
  api.post('/contacts', options, async (request) =>
    contactOnWire(await createContact(store.db, identityOf(request).orgId, contactFields(request.body))),
  );
}
