import { createAgent, type NewAgent } from '../../../agents.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneAgentOnWire } from '../../phone-agent.ts';
import { type PostPhoneBody, postPhoneSchema } from './schema.ts';

/** POST /phone: makes a phone agent. */
export function postPhone(api: Api, { store }: Services): void {
  api.post(
    '/phone',
    { schema: postPhoneSchema, config: { scope: 'phone:write', action: 'phone_agent.create' } },
    async (request) => phoneAgentOnWire(await createAgent(store.db, identityOf(request).orgId, newAgent(request.body))),
  );
}

/** Where null has no meaning of its own it means the default. */
function newAgent(body: PostPhoneBody): NewAgent {
  return {
    name: body.name,
    type: body.type,
    voiceId: body.voice_id,
    language: body.language,
    firstMessage: body.first_message,
    instructions: body.instructions,
    handoffPhoneNumber: body.handoff_phone_number,
    useOrgKnowledgebase: body.use_org_knowledgebase ?? undefined,
    actionIds: body.actionIds,
    accent: body.accent,
    speed: body.speed,
    interruptible: body.interruptible ?? undefined,
    dataCollectionFields: body.data_collection_fields,
    dataCollectionWebhookUrl: body.data_collection_webhook_url,
    model: body.model ?? undefined,
    flow: body.flow,
    manualMode: body.manual_mode ?? undefined,
    customLlm: body.custom_llm,
    recordingEnabled: body.recording_enabled ?? undefined,
    sttKeyterms: body.stt_keyterms ?? undefined,
    ttsSpeedPct: body.tts_speed_pct ?? undefined,
  };
}
