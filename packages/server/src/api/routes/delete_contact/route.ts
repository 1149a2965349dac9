import { deleteContact as removeContact } from '../../../contacts/contacts.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { requireContact } from '../../require-contact.ts';
import { deleteContactSchema } from './schema.ts';

/** DELETE /contacts/{contact_id}: what was said with the contact stays, without a name. */
export function deleteContact(api: Api, { store }: Services): void {
  const options = {
    schema: deleteContactSchema,
    config: { scope: 'contacts:write', action: 'contact.delete' },
  } as const;
  api.delete('/contacts/:contact_id', options, async (request) => {
    const { orgId } = identityOf(request);
    const id = await requireContact(request.params.contact_id, (contactId) =>
      removeContact(store.db, orgId, contactId),
    );
    return deleted(id);
  });
}
