import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { findContact } from '../contacts/contacts.ts';
import { Refusal } from '../refusal.ts';
import type { SessionWithContact } from '../sessions.ts';
import type { Database } from '../store/database.ts';
import { organisations, phoneAgents, sessions } from '../store/schema.ts';

export interface NewChatSession {
  readonly contactId: string | null;
  readonly channelType: string;
}

/** @throws {Refusal} `contact_unknown`. */
export async function createChatSession(
  db: Database,
  orgId: string,
  { contactId, channelType }: NewChatSession,
): Promise<SessionWithContact> {
  const contact = contactId === null ? null : ((await findContact(db, orgId, contactId)) ?? null);
  if (contactId !== null && !contact) {
    throw new Refusal('contact_unknown', 'No contact of your organisation has this id. Leave it out, or create one.', [
      { pointer: '/contact_id', code: 'contact_unknown', detail: 'must be the id of a contact' },
    ]);
  }
  const [session] = await db.insert(sessions).values({ orgId, channelType, contactId }).returning();
  if (!session) throw new Error('The store returned no row for a session.');
  return { ...session, contact };
}

/** Who answers in a chat: the session's agent, else the organisation's default one, else its oldest; enabled ones only. */
export async function answeringAgent(
  db: Database,
  session: SessionWithContact,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  const [agent] = await db
    .select({ id: phoneAgents.id, name: phoneAgents.name })
    .from(phoneAgents)
    .innerJoin(organisations, eq(organisations.id, phoneAgents.orgId))
    .where(and(eq(phoneAgents.orgId, session.orgId), eq(phoneAgents.enabled, true)))
    .orderBy(
      desc(sql`${phoneAgents.id} is not distinct from ${session.agentId}::uuid`),
      desc(sql`${phoneAgents.id} is not distinct from ${organisations.defaultPhoneAgentId}`),
      desc(eq(phoneAgents.type, 'inbound')),
      asc(phoneAgents.createdAt),
      asc(phoneAgents.id),
    )
    .limit(1);
  return agent;
}
