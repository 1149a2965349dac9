import { z } from 'zod';
import type { PhoneAgent } from '../agents.ts';

export const agentTypes = ['inbound', 'outbound'] as const;
export const agentModels = ['oppie-vox', 'oppie-vox-turbo', 'oppie-vox-2', 'oppie-vox-livekit'] as const;

/** A phone agent as the API answers with it. */
export const phoneAgentSchema = z.object({
  id: z.string(),
  org_id: z.string(),
  phone_number: z.string().nullable(),
  name: z.string(),
  type: z.enum(agentTypes),
  /** As it was given: one code, or several with the primary one first. */
  language: z.union([z.string(), z.array(z.string())]).nullable(),
  accent: z.string().nullable(),
  handoff_phone_number: z.string().nullable(),
  speed: z.number().nullable(),
  interruptible: z.boolean(),
  /** null: all actions; empty: none. */
  actionIds: z.array(z.string()).nullable(),
  instructions: z.array(z.string()).nullable(),
  data_collection_fields: z.array(z.string()).nullable(),
  data_collection_webhook_url: z.string().nullable(),
  model: z.string(),
  voice_id: z.string().nullable(),
  first_message: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  provider_external_id: z.string().nullable(),
  flow: z.unknown(),
  manual_mode: z.boolean(),
  custom_llm: z.string().nullable(),
  use_org_knowledgebase: z.boolean(),
  recording_enabled: z.boolean(),
  stt_keyterms: z.array(z.string()),
  /** Change of the speed of speech in percent; 0 is normal. */
  tts_speed_pct: z.number(),
  failover_transfer_destination_id: z.string().nullable(),
});

export function phoneAgentOnWire(agent: PhoneAgent): z.output<typeof phoneAgentSchema> {
  return {
    id: agent.id,
    org_id: agent.orgId,
    phone_number: agent.phoneNumber,
    name: agent.name,
    type: agent.type,
    language: agent.languages.length > 0 ? agent.languages : agent.language,
    accent: agent.accent,
    handoff_phone_number: agent.handoffPhoneNumber,
    speed: agent.speed,
    interruptible: agent.interruptible,
    actionIds: agent.actionIds,
    instructions: agent.instructions,
    data_collection_fields: agent.dataCollectionFields,
    data_collection_webhook_url: agent.dataCollectionWebhookUrl,
    model: agent.model,
    voice_id: agent.voiceId,
    first_message: agent.firstMessage,
    created_at: agent.createdAt.toISOString(),
    updated_at: agent.updatedAt.toISOString(),
    provider_external_id: agent.providerExternalId,
    flow: agent.flow ?? null,
    manual_mode: agent.manualMode,
    custom_llm: agent.customLlm,
    use_org_knowledgebase: agent.useOrgKnowledgebase,
    recording_enabled: agent.recordingEnabled,
    stt_keyterms: agent.sttKeyterms,
    tts_speed_pct: agent.ttsSpeedPct,
    failover_transfer_destination_id: agent.failoverTransferDestinationId,
  };
}
