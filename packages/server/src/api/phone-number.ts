import { z } from 'zod';
import { providerNames } from '../hosted-numbers/provider.ts';
import { findNumber, numberMethods, numberStates, type PhoneNumber } from '../phone-number-records.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/** A phone number of the organisation as the API answers with it. */
export const phoneNumberSchema = z.object({
  /** What `phone_number_ids` names numbers by. */
  id: z.string(),
  /** E.164. */
  phone_number: z.string(),
  method: z.enum(numberMethods),
  state: z.enum(numberStates),
  /** What has to be done now, for people; null when nothing has. */
  next_step: z.string().nullable(),
  /** When a proof that is awaited runs out. */
  expires_at: z.string().nullable(),
  verified_at: z.string().nullable(),
  /** The agent that answers it. */
  agent_id: z.string().nullable(),
  /** Who it was bought from through this server. */
  provider: z.enum(providerNames).nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const phoneNumberParams = z.object({ phone_number_id: z.string() });

export function phoneNumberOnWire(number: PhoneNumber): z.output<typeof phoneNumberSchema> {
  return {
    id: number.id,
    phone_number: number.phoneNumber,
    method: number.method,
    state: number.state,
    next_step: nextStep(number),
    expires_at: number.state === 'pending' ? (number.expiresAt?.toISOString() ?? null) : null,
    verified_at: number.verifiedAt?.toISOString() ?? null,
    agent_id: number.agentId,
    provider: number.provider,
    created_at: number.createdAt.toISOString(),
    updated_at: number.updatedAt.toISOString(),
  };
}

function nextStep({ state, method, provider, id, phoneNumber }: PhoneNumber): string | null {
  if (state === 'verified') return null;
  if (provider) {
    return `The purchase was cut off. DELETE /phone/numbers/${id}?release=true gives back what was bought; then buy again.`;
  }
  if (state !== 'pending') return `Begin a new proof with POST /phone/numbers/${id}/verify.`;
  return method === 'inbound_call'
    ? `Have calls to ${phoneNumber} sent to your inbound trunk, and call it from any phone before the time is over.`
    : `Send the code that arrived at ${phoneNumber} with POST /phone/numbers/${id}/check.`;
}

/** @throws {Problem} `phone_number_not_found`, also for numbers of other organisations. */
export async function requireNumber(db: Database, orgId: string, id: string): Promise<PhoneNumber> {
  const number = isUuid(id) ? await findNumber(db, orgId, id, new Date()) : undefined;
  if (!number) {
    throw new Problem(
      'phone_number_not_found',
      'There is no phone number with this id. List them with GET /phone/numbers.',
    );
  }
  return number;
}
