import { and, asc, eq } from 'drizzle-orm';
import { indexInstructions } from './knowledge/agent-instructions.ts';
import { countryOf } from './organisations.ts';
import { readNumbers } from './phone-numbers.ts';
import type { Database } from './store/database.ts';
import { phoneAgents } from './store/schema.ts';

export type PhoneAgent = typeof phoneAgents.$inferSelect;
type PhoneAgentModel = 'oppie-vox' | 'oppie-vox-turbo' | 'oppie-vox-2' | 'oppie-vox-livekit';

/** What can be said of a new agent; everything but the name has a default. */
export interface NewAgent
  extends Partial<
    Omit<
      typeof phoneAgents.$inferInsert,
      | 'id'
      | 'orgId'
      | 'createdAt'
      | 'updatedAt'
      | 'phoneNumber'
      | 'providerExternalId'
      | 'language'
      | 'languages'
      | 'model'
    >
  > {
  readonly name: string;
  readonly model?: PhoneAgentModel | undefined;
  /** One code, or several with the primary one first; null or absent: the organisation's default. */
  readonly language?: string | readonly string[] | null | undefined;
}

/** Documented as the latest of the voice models. */
const latestModel: PhoneAgentModel = 'oppie-vox-livekit';

/** @throws {Refusal} `phone_number_invalid` when the handoff number is not a possible number. */
export async function createAgent(db: Database, orgId: string, agent: NewAgent): Promise<PhoneAgent> {
  const { language = null, handoffPhoneNumber = null, ...rest } = agent;
  const [handoff = null] = handoffPhoneNumber
    ? readNumbers([handoffPhoneNumber], await countryOf(db, orgId), () => '/handoff_phone_number')
    : [];
  const severalLanguages = typeof language === 'object' && language !== null;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(phoneAgents)
      .values({
        ...rest,
        orgId,
        type: rest.type ?? 'inbound',
        model: rest.model ?? latestModel,
        handoffPhoneNumber: handoff,
        language: severalLanguages ? (language[0] ?? null) : language,
        languages: severalLanguages ? [...language] : [],
      })
      .returning();
    if (!row) throw new Error('The agent was not returned by its insert.');
    await indexInstructions(tx, row);
    return row;
  });
}

/** Oldest first. */
export async function listAgents(db: Database, orgId: string): Promise<PhoneAgent[]> {
  return db
    .select()
    .from(phoneAgents)
    .where(eq(phoneAgents.orgId, orgId))
    .orderBy(asc(phoneAgents.createdAt), asc(phoneAgents.id));
}

/** @param id a UUID. */
export async function findAgent(db: Database, orgId: string, id: string): Promise<PhoneAgent | undefined> {
  const [row] = await db
    .select()
    .from(phoneAgents)
    .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.id, id)));
  return row;
}
