/** People who call and write. */
import { normaliseNumber } from '@dialplane/calls';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { countryOf } from '../organisations.ts';
import { readNumbers } from '../phone-numbers.ts';
import { Refusal } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from '../store/newest-first.ts';
import { contacts } from '../store/schema.ts';
import { databaseFault } from '../store/store-error.ts';

export type Contact = typeof contacts.$inferSelect;

/** What can be said of a contact; what is absent stays as it is. */
export interface ContactFields {
  readonly email?: string | null | undefined;
  /** As a person writes it; read in the organisation's country. */
  readonly phone?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly customData?: Record<string, unknown> | null | undefined;
  readonly nonVerifiedName?: string | null | undefined;
  readonly nonVerifiedEmail?: string | null | undefined;
  readonly nonVerifiedCustomData?: Record<string, unknown> | null | undefined;
}

export interface ContactFilter {
  /** As a person writes it. */
  readonly phoneNumber?: string | undefined;
  readonly email?: string | undefined;
}

/** SQLSTATE unique_violation. */
const uniqueViolation = '23505';

/** @throws {Refusal} `phone_number_invalid`, `contact_exists`. */
export async function createContact(db: Database, orgId: string, fields: ContactFields): Promise<Contact> {
  const values = await columnsOf(db, orgId, fields);
  const [contact] = await refusingTaken(db, orgId, values.phoneNumber, (tx) =>
    tx
      .insert(contacts)
      .values({ ...values, orgId })
      .returning(),
  );
  if (!contact) throw new Error('The store returned no row for a contact.');
  return contact;
}

/** Newest first. */
export async function listContacts(
  db: Database,
  orgId: string,
  filter: ContactFilter,
  after: PageKey | null,
  limit: number,
): Promise<Page<Contact>> {
  const rows = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.orgId, orgId), ...(await conditions(db, orgId, filter)), behind(contacts, after)))
    .orderBy(...newestFirst(contacts))
    // One more tells whether there is a next page.
    .limit(limit + 1);
  return pageOf(rows, limit);
}

/** @param id a UUID. */
export async function findContact(db: Database, orgId: string, id: string): Promise<Contact | undefined> {
  const [contact] = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.orgId, orgId), eq(contacts.id, id)));
  return contact;
}

/**
 * @param id a UUID.
 * @returns undefined when there is no such contact.
 * @throws {Refusal} `phone_number_invalid`, `contact_exists`.
 */
export async function updateContact(
  db: Database,
  orgId: string,
  id: string,
  fields: ContactFields,
): Promise<Contact | undefined> {
  const values = await columnsOf(db, orgId, fields);
  const [contact] = await refusingTaken(db, orgId, values.phoneNumber, (tx) =>
    tx
      .update(contacts)
      .set({ ...values, updatedAt: sql`now()` })
      .where(and(eq(contacts.orgId, orgId), eq(contacts.id, id)))
      .returning(),
  );
  return contact;
}

/**
 * Its sessions stay, without a contact.
 * @param id a UUID.
 * @returns the id; undefined when there is no such contact.
 */
export async function deleteContact(db: Database, orgId: string, id: string): Promise<string | undefined> {
  const [gone] = await db
    .delete(contacts)
    .where(and(eq(contacts.orgId, orgId), eq(contacts.id, id)))
    .returning({ id: contacts.id });
  return gone?.id;
}

type ContactColumns = Omit<ContactFields, 'phone'> & { readonly phoneNumber?: string | null };

async function columnsOf(db: Database, orgId: string, { phone, ...fields }: ContactFields): Promise<ContactColumns> {
  if (phone === undefined) return fields;
  if (phone === null) return { ...fields, phoneNumber: null };
  const [phoneNumber = null] = readNumbers([phone], await countryOf(db, orgId), () => '/contact/phone');
  return { ...fields, phoneNumber };
}

/** A number that is none finds nobody, so it is no fault. */
async function conditions(db: Database, orgId: string, { phoneNumber, email }: ContactFilter): Promise<SQL[]> {
  const wanted: SQL[] = [];
  if (phoneNumber !== undefined) {
    const read = normaliseNumber(phoneNumber, await countryOf(db, orgId));
    wanted.push(read.kind === 'e164' ? eq(contacts.phoneNumber, read.value) : sql`false`);
  }
  if (email !== undefined) wanted.push(eq(sql`lower(${contacts.email})`, email.toLowerCase()));
  return wanted;
}

async function refusingTaken<Result>(
  db: Database,
  orgId: string,
  phoneNumber: string | null | undefined,
  write: (tx: Database) => Promise<Result>,
): Promise<Result> {
  try {
    // Inside of a transaction this is a savepoint: it goes on after the write has failed.
    return await db.transaction(write);
  } catch (error) {
    if (databaseFault(error)?.code !== uniqueViolation || !phoneNumber) throw error;
    const [other] = await db
      .select({ id: contacts.id })
      .from(contacts)
      .where(and(eq(contacts.orgId, orgId), eq(contacts.phoneNumber, phoneNumber)));
    throw new Refusal(
      'contact_exists',
      `Another contact has this phone number${other ? `: ${other.id}` : ''}. Change that one, or merge the two.`,
      [{ pointer: '/contact/phone', code: 'contact_exists', detail: 'belongs to another contact' }],
    );
  }
}
