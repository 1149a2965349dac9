import { updateContact } from '../../../contacts/contacts.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { contactFields, contactOnWire } from '../../contact.ts';
import { requireContact } from '../../require-contact.ts';
import { patchContactSchema } from './schema.ts';

/** PATCH /contacts/{contact_id}: changes the fields that are given. */
export function patchContact(api: Api, { store }: Services): void {
  const options = {
    schema: patchContactSchema,
    config: { scope: 'contacts:write', action: 'contact.update' },
  } as const;
  api.patch('/contacts/:contact_id', options, async (request) => {
    const { orgId } = identityOf(request);
    const fields = contactFields(request.body);
    const contact = await requireContact(request.params.contact_id, (id) => updateContact(store.db, orgId, id, fields));
    return contactOnWire(contact);
  });
}
