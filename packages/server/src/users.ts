/** People who sign in. They belong to the instance and are members of organisations. */
import { and, eq, inArray } from 'drizzle-orm';
import { hashPassword } from './passwords.ts';
import { Refusal } from './refusal.ts';
import type { Database } from './store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from './store/newest-first.ts';
import { memberships, organisations, users } from './store/schema.ts';

export const roles = ['admin', 'member'] as const;

export interface Membership {
  readonly orgId: string;
  readonly role: (typeof roles)[number];
}

/** A user with its memberships; what the password is checked by stays inside. */
export type User = Omit<typeof users.$inferSelect, 'passwordHash'> & {
  readonly hasPassword: boolean;
  readonly memberships: readonly Membership[];
};

/** What is absent stays as it is, or is empty for a new user; memberships are replaced as a whole. */
export interface UserChange {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly memberships?: readonly Membership[] | undefined;
}

/** @throws {Refusal} `user_exists`, `organisation_unknown`. */
export async function createUser(
  db: Database,
  { email, name, password, memberships: wanted = [] }: UserChange & { readonly email: string; readonly name: string },
): Promise<User> {
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(users)
      .values({ email: email.toLowerCase(), name, passwordHash })
      .onConflictDoNothing({ target: users.email })
      .returning();
    if (!row) throw taken();
    await replaceMemberships(tx, row.id, wanted);
    return withMemberships(tx, row);
  });
}

/**
 * @param id a UUID.
 * @returns undefined when there is no such user.
 * @throws {Refusal} `user_exists`, `organisation_unknown`.
 */
export async function updateUser(db: Database, id: string, change: UserChange): Promise<User | undefined> {
  const { email, name, password, memberships: wanted } = change;
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(users).where(eq(users.id, id)).for('update');
    if (!before) return undefined;
    const address = email?.toLowerCase() ?? before.email;
    const [holder] = await tx.select({ id: users.id }).from(users).where(eq(users.email, address));
    if (holder && holder.id !== id) throw taken();
    const [row] = await tx
      .update(users)
      .set({ email: address, name: name ?? before.name, passwordHash: passwordHash ?? before.passwordHash })
      .where(eq(users.id, id))
      .returning();
    if (!row) return undefined;
    if (wanted) await replaceMemberships(tx, id, wanted);
    return withMemberships(tx, row);
  });
}

/** @param id a UUID. */
export async function deleteUser(db: Database, id: string): Promise<boolean> {
  return (await db.delete(users).where(eq(users.id, id)).returning({ id: users.id })).length > 0;
}

/** @param orgId members of this organisation only; undefined: everybody on the instance. */
export async function listUsers(
  db: Database,
  orgId: string | undefined,
  after: PageKey | null,
  limit: number,
): Promise<Page<User>> {
  const members = db.select({ id: memberships.userId }).from(memberships);
  const wanted = orgId === undefined ? undefined : inArray(users.id, members.where(eq(memberships.orgId, orgId)));
  const rows = await db
    .select()
    .from(users)
    .where(and(wanted, behind(users, after)))
    .orderBy(...newestFirst(users))
    .limit(limit + 1);
  const { items, next } = pageOf(rows, limit);
  return { items: await Promise.all(items.map((row) => withMemberships(db, row))), next };
}

async function replaceMemberships(tx: Database, userId: string, wanted: readonly Membership[]): Promise<void> {
  const byOrganisation = new Map(wanted.map((membership) => [membership.orgId, membership]));
  const ids = [...byOrganisation.keys()];
  const known = ids.length
    ? await tx.select({ id: organisations.id }).from(organisations).where(inArray(organisations.id, ids))
    : [];
  const unknown = ids.find((id) => !known.some((organisation) => organisation.id === id));
  if (unknown !== undefined) {
    throw new Refusal(
      'organisation_unknown',
      `There is no organisation ${unknown}. List them with GET /organisations.`,
      [{ pointer: '/memberships', code: 'organisation_unknown', detail: `has the unknown organisation ${unknown}` }],
    );
  }
  await tx.delete(memberships).where(eq(memberships.userId, userId));
  const rows = [...byOrganisation.values()].map(({ orgId, role }) => ({ orgId, userId, role }));
  if (rows.length > 0) await tx.insert(memberships).values(rows);
}

async function withMemberships(db: Database, { passwordHash, ...user }: typeof users.$inferSelect): Promise<User> {
  const held = await db
    .select({ orgId: memberships.orgId, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.userId, user.id))
    .orderBy(memberships.createdAt, memberships.orgId);
  return { ...user, hasPassword: passwordHash !== null, memberships: held };
}

function taken(): Refusal {
  return new Refusal('user_exists', 'There is a user with this e-mail address already. Change that one.', [
    { pointer: '/email', code: 'user_exists', detail: 'is taken' },
  ]);
}
