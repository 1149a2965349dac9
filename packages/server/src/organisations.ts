import { eq } from 'drizzle-orm';
import type { Database } from './store/database.ts';
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
