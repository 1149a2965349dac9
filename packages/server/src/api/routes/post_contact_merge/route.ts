import { findContact } from '../../../contacts/contacts.ts';
import { mergeContacts } from '../../../contacts/merge-contacts.ts';
import { Refusal } from '../../../refusal.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { contactOnWire } from '../../contact.ts';
import { requireContact } from '../../require-contact.ts';
import { postContactMergeSchema } from './schema.ts';

/** POST /contacts/{contact_id}/merge: makes one contact of two, and answers with the one that stays. */
export function postContactMerge(api: Api, { store }: Services): void {
  const options = {
    schema: postContactMergeSchema,
    config: { scope: 'contacts:write', action: 'contact.merge' },
  } as const;
  api.post('/contacts/:contact_id/merge', options, async (request) => {
    const { orgId } = identityOf(request);
    const { into, from } = request.body;
    const { id } = await requireContact(request.params.contact_id, (one) => findContact(store.db, orgId, one));
    if (into !== undefined && from === undefined) {
      return contactOnWire(await mergeContacts(store.db, orgId, { from: id, into }, 'into'));
    }
    if (from !== undefined && into === undefined) {
      return contactOnWire(await mergeContacts(store.db, orgId, { from, into: id }, 'from'));
    }
    throw new Refusal('contact_merge_invalid', 'Name exactly one of `into` and `from`.', [
      { pointer: '', code: 'contact_merge_invalid', detail: 'must hold either `into` or `from`' },
    ]);
  });
}
