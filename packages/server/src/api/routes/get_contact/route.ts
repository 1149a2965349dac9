import { findContact } from '../../../contacts/contacts.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { contactOnWire } from '../../contact.ts';
import { requireContact } from '../../require-contact.ts';
import { getContactSchema } from './schema.ts';

/** GET /contacts/{contact_id}: one contact. */
export function getContact(api: Api, { store }: Services): void {
  const options = { schema: getContactSchema, config: { scope: 'contacts:read' } } as const;
  api.get('/contacts/:contact_id', options, async (request) => {
    const { orgId } = identityOf(request);
    return contactOnWire(await requireContact(request.params.contact_id, (id) => findContact(store.db, orgId, id)));
  });
}
