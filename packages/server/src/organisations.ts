import { eq } from 'drizzle-orm';
import { createApiKey } from './api-keys.ts';
import { Refusal } from './refusal.ts';
import type { Database } from './store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from './store/newest-first.ts';
import { organisations } from './store/schema.ts';

export type Organisation = typeof organisations.$inferSelect;

/** Makes the organisation `slug` unless it is there; safe when several servers start at once. */
export async function ensureOrganisation(db: Database, slug: string, name: string): Promise<Organisation> {
  await db.insert(organisations).values({ slug, name }).onConflictDoNothing({ target: organisations.slug });
  const [organisation] = await db.select().from(organisations).where(eq(organisations.slug, slug));
  if (!organisation) throw new Error(`Organisation ${slug} vanished while it was made.`);
  return organisation;
}

/** The country national phone numbers of an organisation are read in (ISO 3166 alpha-2). */
export async function countryOf(db: Database, orgId: string): Promise<string> {
  const [row] = await db
    .select({ country: organisations.country })
    .from(organisations)
    .where(eq(organisations.id, orgId));
  return row?.country ?? 'US';
}

export interface NewOrganisation {
  readonly name: string;
  readonly slug: string;
  readonly country?: string | undefined;
}

/**
 * Makes an organisation and its first API key, with full access to it; without one nobody could use it.
 * @throws {Refusal} `organisation_exists` when the slug is taken.
 */
export async function createOrganisation(
  db: Database,
  { name, slug, country }: NewOrganisation,
): Promise<{ readonly organisation: Organisation; readonly apiKey: string }> {
  return db.transaction(async (tx) => {
    const [organisation] = await tx
      .insert(organisations)
      .values({ name, slug, country })
      .onConflictDoNothing({ target: organisations.slug })
      .returning();
    if (!organisation) {
      throw new Refusal('organisation_exists', `There is an organisation "${slug}" already. Choose another slug.`, [
        { pointer: '/slug', code: 'organisation_exists', detail: 'is taken' },
      ]);
    }
    return { organisation, apiKey: await createApiKey(tx, organisation.id, { name: 'First key', scopes: null }) };
  });
}

export async function listOrganisations(
  db: Database,
  after: PageKey | null,
  limit: number,
): Promise<Page<Organisation>> {
  const rows = await db
    .select()
    .from(organisations)
    .where(behind(organisations, after))
    .orderBy(...newestFirst(organisations))
    .limit(limit + 1);
  return pageOf(rows, limit);
}

/** @param id a UUID. */
export async function findOrganisation(db: Database, id: string): Promise<Organisation | undefined> {
  const [row] = await db.select().from(organisations).where(eq(organisations.id, id));
  return row;
}

/** @param id a UUID. */
export async function updateOrganisation(
  db: Database,
  id: string,
  change: { readonly name?: string | undefined; readonly country?: string | undefined },
): Promise<Organisation | undefined> {
  if (change.name === undefined && change.country === undefined) return findOrganisation(db, id);
  const [row] = await db.update(organisations).set(change).where(eq(organisations.id, id)).returning();
  return row;
}
