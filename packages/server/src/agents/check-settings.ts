import type { Voice } from '@dialplane/speech';
import { and, eq, inArray } from 'drizzle-orm';
import { articleIdsOf } from '../knowledge/agent-instructions.ts';
import { countryOf } from '../organisations.ts';
import { readNumbers } from '../phone-numbers.ts';
import { Refusal, type RefusedField } from '../refusal.ts';
import type { Database } from '../store/database.ts';
import { knowledge, transferDestinations } from '../store/schema.ts';
import type { AgentChanges } from './agent-settings.ts';
import { withLanguages } from './languages.ts';

/**
 * Makes what somebody asks for into what can be stored: the handoff number in E.164, both language fields told from the
 * given one. Fields that are not given are left alone.
 * @throws {Refusal} `phone_number_invalid`; `validation_failed` for languages that contradict each other;
 *   `reference_unknown` for voices, knowledge articles and transfer destinations the organisation does not have.
 */
export async function checkSettings(
  db: Database,
  voices: readonly Voice[],
  orgId: string,
  changes: AgentChanges,
): Promise<AgentChanges> {
  const number = changes.handoff_phone_number;
  const handoff =
    typeof number === 'string'
      ? (readNumbers([number], await countryOf(db, orgId), () => '/handoff_phone_number')[0] ?? null)
      : number;
  const checked = { ...withLanguages(changes), handoff_phone_number: handoff };
  const faults = [
    ...voiceFaults(voices, changes.voice_id),
    ...(await instructionFaults(db, orgId, changes.instructions)),
    ...(await destinationFaults(db, orgId, changes.failover_transfer_destination_id)),
  ];
  if (faults.length > 0) {
    const named = faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
    throw new Refusal('reference_unknown', `Correct these and send the request again: ${named}.`, faults);
  }
  return checked;
}

function voiceFaults(voices: readonly Voice[], voiceId: string | null | undefined): RefusedField[] {
  if (voiceId === undefined || voiceId === null || voices.some(({ id }) => id === voiceId)) return [];
  const detail = 'must be the id of a voice of GET /phone/voices';
  return [{ pointer: '/voice_id', code: 'voice_unknown', detail }];
}

async function instructionFaults(
  db: Database,
  orgId: string,
  instructions: readonly string[] | null | undefined,
): Promise<RefusedField[]> {
  const ids = articleIdsOf(instructions ?? null);
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: knowledge.id })
    .from(knowledge)
    .where(and(eq(knowledge.orgId, orgId), inArray(knowledge.id, ids)));
  const known = new Set(rows.map(({ id }) => id));
  const unknown = new Set(ids.filter((id) => !known.has(id)));
  const detail = 'is the id of no knowledge article of the organisation';
  return (instructions ?? []).flatMap((instruction, i) =>
    unknown.has(instruction.toLowerCase())
      ? [{ pointer: `/instructions/${i}`, code: 'knowledge_unknown', detail }]
      : [],
  );
}

async function destinationFaults(db: Database, orgId: string, id: string | null | undefined): Promise<RefusedField[]> {
  if (id === undefined || id === null) return [];
  const where = and(eq(transferDestinations.orgId, orgId), eq(transferDestinations.id, id));
  if ((await db.$count(transferDestinations, where)) > 0) return [];
  const detail = 'must be the id of a transfer destination of the organisation';
  return [{ pointer: '/failover_transfer_destination_id', code: 'transfer_destination_unknown', detail }];
}
