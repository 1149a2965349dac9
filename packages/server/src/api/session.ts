import { z } from 'zod';
import { type SessionWithContact, sessionStatuses } from '../sessions.ts';

/** Channels a session can be held on; phone calls are `phone_voice`. */
export const channelTypes = [
  'web',
  'email',
  'phone_voice',
  'slack',
  'sms',
  'whatsapp',
  'instagram',
  'messenger',
  'api',
  'web_voice',
] as const;

const customData = z.record(z.string(), z.unknown()).nullable();

/** A session as the API answers with it. */
export const sessionSchema = z.object({
  id: z.string(),
  status: z.enum(sessionStatuses),
  ai_closure_type: z.string().nullable(),
  sentiment: z.string().nullable(),
  channel: z.object({ type: z.string() }),
  ticket_number: z.int(),
  assist_mode: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  contact: z
    .object({
      id: z.string(),
      email: z.string().nullable(),
      phone_number: z.string().nullable(),
      name: z.string().nullable(),
      custom_data: customData,
      non_verified_name: z.string().nullable(),
      non_verified_email: z.string().nullable(),
      non_verified_custom_data: customData,
    })
    .nullable(),
  language: z.string().nullable(),
  assignee_id: z.string().nullable(),
  custom_data: customData,
  tags: z.array(z.string()),
  team: z.object({ id: z.string(), name: z.string(), description: z.string().nullable() }).nullable(),
  handoff: z.object({ summary: z.string().nullable(), sentiment: z.string().nullable() }).nullable(),
  ticketing_system: z.object({ name: z.string(), external_id: z.string(), id_type: z.string().nullable() }).nullable(),
  summary: z.string().nullable(),
});

export function sessionOnWire(session: SessionWithContact): z.output<typeof sessionSchema> {
  const { contact } = session;
  return {
    id: session.id,
    status: session.status,
    ai_closure_type: session.aiClosureType,
    sentiment: session.sentiment,
    channel: { type: session.channelType },
    ticket_number: session.ticketNumber,
    assist_mode: session.assistMode,
    created_at: session.createdAt.toISOString(),
    updated_at: session.updatedAt.toISOString(),
    contact: contact && {
      id: contact.id,
      email: contact.email,
      phone_number: contact.phoneNumber,
      name: contact.name,
      custom_data: contact.customData,
      non_verified_name: contact.nonVerifiedName,
      non_verified_email: contact.nonVerifiedEmail,
      non_verified_custom_data: contact.nonVerifiedCustomData,
    },
    language: session.language,
    assignee_id: session.assigneeId,
    custom_data: session.customData,
    tags: session.tags,
    team: null,
    handoff: session.handedOff ? { summary: session.handoffSummary, sentiment: session.handoffSentiment } : null,
    ticketing_system: null,
    summary: session.summary,
  };
}
