import { and, eq, inArray, sql } from 'drizzle-orm';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { contacts, sessions } from '../store/schema.ts';
import type { Contact } from './contacts.ts';

/**
 * Makes one contact of two: sessions go to the one that stays, its own fields win, and what it lacks comes from the other,
 * which is deleted.
 * @param from UUID of the one that goes.
 * @param into UUID of the one that stays.
 * @param named which of the two the request's body names, for the error.
 * @throws {Refusal} `contact_unknown` when one is not there, `contact_merge_invalid` when both are the same.
 */
export async function mergeContacts(
  db: Database,
  orgId: string,
  { from, into }: { readonly from: string; readonly into: string },
  named: 'from' | 'into',
): Promise<Contact> {
  if (from === into) {
    throw new Refusal('contact_merge_invalid', 'A contact cannot be merged with itself. Name another one.', [
      { pointer: `/${named}`, code: 'contact_merge_invalid', detail: 'must be another contact' },
    ]);
  }
  return db.transaction(async (tx) => {
    const both = await tx
      .select()
      .from(contacts)
      .where(and(eq(contacts.orgId, orgId), inArray(contacts.id, [from, into])))
      // Two merges at once take their locks in the same order.
      .orderBy(contacts.id)
      .for('update');
    const goes = both.find(({ id }) => id === from);
    const stays = both.find(({ id }) => id === into);
    if (!goes || !stays) {
      throw new Refusal('contact_unknown', 'No contact of your organisation has this id.', [
        { pointer: `/${named}`, code: 'contact_unknown', detail: 'must be the id of a contact' },
      ]);
    }
    await tx
      .update(sessions)
      .set({ contactId: into })
      .where(and(eq(sessions.orgId, orgId), eq(sessions.contactId, from)));
    // Before the update: two contacts cannot have one number.
    await tx.delete(contacts).where(eq(contacts.id, from));
    const [merged] = await tx
      .update(contacts)
      .set({ ...mergedFields(stays, goes), updatedAt: sql`now()` })
      .where(eq(contacts.id, into))
      .returning();
    if (!merged) throw new Error('A contact vanished while it was locked.');
    return merged;
  });
}

function mergedFields(stays: Contact, goes: Contact) {
  return {
    phoneNumber: stays.phoneNumber ?? goes.phoneNumber,
    email: stays.email ?? goes.email,
    name: stays.name ?? goes.name,
    customData: merged(stays.customData, goes.customData),
    nonVerifiedName: stays.nonVerifiedName ?? goes.nonVerifiedName,
    nonVerifiedEmail: stays.nonVerifiedEmail ?? goes.nonVerifiedEmail,
    nonVerifiedCustomData: merged(stays.nonVerifiedCustomData, goes.nonVerifiedCustomData),
  };
}

function merged(stays: Record<string, unknown> | null, goes: Record<string, unknown> | null) {
  return stays || goes ? { ...goes, ...stays } : null;
}
