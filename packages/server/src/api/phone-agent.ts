import { z } from 'zod';
import { agentModels, agentTypes, settingsOf } from '../agents/agent-settings.ts';
import { ambiences, endpointingModes, handoffModes, noiseSuppressions, voicemailActions } from '../agents/behaviour.ts';
import type { PhoneAgent } from '../agents.ts';

/** What can be set of a phone agent, as the API answers with it. */
export const agentSettingsSchema = z.object({
  name: z.string(),
  type: z.enum(agentTypes),
  enabled: z.boolean(),
  /** As it was given: one code, or several with the primary one first. */
  language: z.union([z.string(), z.array(z.string())]).nullable(),
  /** Every language the agent speaks, the primary one first. */
  languages: z.array(z.string()),
  accent: z.string().nullable(),
  handoff_phone_number: z.string().nullable(),
  handoff_mode: z.enum(handoffModes),
  speed: z.number().nullable(),
  interruptible: z.boolean(),
  /** null: all actions; empty: none. */
  actionIds: z.array(z.string()).nullable(),
  instructions: z.array(z.string()).nullable(),
  data_collection_fields: z.array(z.string()).nullable(),
  data_collection_webhook_url: z.string().nullable(),
  model: z.enum(agentModels),
  voice_id: z.string().nullable(),
  first_message: z.string().nullable(),
  /** Spoken before the first message. */
  disclosure: z.string().nullable(),
  flow: z.unknown(),
  manual_mode: z.boolean(),
  custom_llm: z.string().nullable(),
  use_org_knowledgebase: z.boolean(),
  recording_enabled: z.boolean(),
  stt_keyterms: z.array(z.string()),
  /** Change of the speed of speech in percent; 0 is normal. */
  tts_speed_pct: z.number(),
  failover_transfer_destination_id: z.string().nullable(),
  silence_prompt_after_ms: z.number(),
  silence_max_prompts: z.number(),
  /** After the last prompt. */
  silence_end_after_ms: z.number(),
  /** By language code: what a silent caller is asked the first and the second time. */
  silence_prompts: z.record(z.string(), z.array(z.string())),
  endpointing: z.object({ mode: z.enum(endpointingModes), silence_ms: z.number() }),
  max_call_ms: z.number(),
  /** Calls at a time before calls without a rule of their own go to the next agent; null: no limit. */
  max_calls: z.number().nullable(),
  noise_suppression: z.enum(noiseSuppressions),
  ambience: z.enum(ambiences),
  ambience_db: z.number(),
  on_voicemail: z.enum(voicemailActions),
});

/** A phone agent as the API answers with it. */
export const phoneAgentSchema = z.object({
  id: z.string(),
  org_id: z.string(),
  phone_number: z.string().nullable(),
  provider_external_id: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  ...agentSettingsSchema.shape,
});

export function phoneAgentOnWire(agent: PhoneAgent): z.output<typeof phoneAgentSchema> {
  return {
    id: agent.id,
    org_id: agent.orgId,
    phone_number: agent.phoneNumber,
    provider_external_id: agent.providerExternalId,
    created_at: agent.createdAt.toISOString(),
    updated_at: agent.updatedAt.toISOString(),
    ...settingsOf(agent),
  };
}
