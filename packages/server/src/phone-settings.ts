import { eq } from 'drizzle-orm';
import { findAgent } from './agents.ts';
import type { Organisation } from './organisations.ts';
import { Refusal } from './refusal.ts';
import type { Database } from './store/database.ts';
import { organisations } from './store/schema.ts';

export type PhoneSettings = Pick<
  Organisation,
  'defaultPhoneAgentId' | 'country' | 'sessionWindowMinutes' | 'recording' | 'retentionDays'
>;

/** What an organisation has set for all its calls. */
export async function readPhoneSettings(db: Database, orgId: string): Promise<PhoneSettings> {
  const [row] = await db.select(columns).from(organisations).where(eq(organisations.id, orgId));
  return present(row);
}

/** @throws {Refusal} `reference_unknown` when the default agent is not an inbound agent of the organisation. */
export async function updatePhoneSettings(
  db: Database,
  orgId: string,
  changes: { readonly [Field in keyof PhoneSettings]?: PhoneSettings[Field] | undefined },
): Promise<PhoneSettings> {
  if (Object.values(changes).every((value) => value === undefined)) return readPhoneSettings(db, orgId);
  const { defaultPhoneAgentId } = changes;
  if (defaultPhoneAgentId) {
    const agent = await findAgent(db, orgId, defaultPhoneAgentId);
    if (agent?.type !== 'inbound') throw noInboundAgent();
  }
  const [row] = await db.update(organisations).set(changes).where(eq(organisations.id, orgId)).returning(columns);
  return present(row);
}

const columns = {
  defaultPhoneAgentId: organisations.defaultPhoneAgentId,
  country: organisations.country,
  sessionWindowMinutes: organisations.sessionWindowMinutes,
  recording: organisations.recording,
  retentionDays: organisations.retentionDays,
};

/** Keys go with their organisation, so whoever asks has one. */
function present(row: PhoneSettings | undefined): PhoneSettings {
  if (!row) throw new Error('The organisation of an API key vanished.');
  return row;
}

function noInboundAgent(): Refusal {
  const detail = 'must be the id of an inbound agent of the organisation';
  return new Refusal(
    'reference_unknown',
    `Correct this and send the request again: /default_phone_agent_id: ${detail}. List the agents with GET /phone.`,
    [{ pointer: '/default_phone_agent_id', code: 'phone_agent_unknown', detail }],
  );
}
