import { z } from 'zod';
import { agentModels, agentTypes, phoneAgentSchema } from '../../phone-agent.ts';
import { filledText, text } from '../../wire.ts';

/** A language code as BCP 47 has them: `en`, `pt-BR`, and the documented `multi`. */
const language = z.string().regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i, 'must be a language code such as en or pt-BR');

const idList = z.array(filledText(255)).max(500);

/** Only the name is required; fields we do not know are ignored. */
const body = z.object({
  name: filledText(255),
  type: z.enum(agentTypes).optional(),
  voice_id: text(255).nullish(),
  language: z.union([language, z.array(language).min(1).max(50)]).nullish(),
  first_message: text(2000).nullish(),
  /** Ids of training scenarios, or instructions in words. */
  instructions: z.array(text(20_000)).max(500).nullish(),
  handoff_phone_number: filledText(50).nullish(),
  use_org_knowledgebase: z.boolean().nullish(),
  actionIds: idList.nullish(),
  accent: text(255).nullish(),
  speed: z.number().positive().max(4).nullish(),
  interruptible: z.boolean().nullish(),
  data_collection_fields: idList.nullish(),
  data_collection_webhook_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullish(),
  model: z.enum(agentModels).nullish(),
  flow: z.unknown().optional(),
  manual_mode: z.boolean().nullish(),
  custom_llm: text(255).nullish(),
  recording_enabled: z.boolean().nullish(),
  stt_keyterms: z.array(filledText(100)).max(500).nullish(),
  tts_speed_pct: z.number().min(-50).max(100).nullish(),
});

export const postPhoneSchema = { body, response: { 200: phoneAgentSchema } };
export type PostPhoneBody = z.output<typeof body>;
