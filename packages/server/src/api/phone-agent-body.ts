import { z } from 'zod';
import { agentModels, agentTypes, defaultAgentSettings } from '../agents/agent-settings.ts';
import { ambiences, endpointingModes, handoffModes, noiseSuppressions, voicemailActions } from '../agents/behaviour.ts';
import { filledText, isStorable, notStorable, storableJson, text } from './wire.ts';

/** A language code as BCP 47 has them: `en`, `pt-BR`, and the documented `multi`. */
const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i, 'must be a language code such as en or pt-BR');

const idList = z.array(filledText(255)).max(500);

/** Shorter waits cut people off who breathe; beyond a minute nobody is there. */
const silenceMs = z.number().int().min(1000).max(60_000);
/** Below, the gaps between words end a turn; above, answers feel lost. */
const endpointingSilenceMs = z.number().int().min(200).max(3000);
/** A day; carriers end calls long before. */
const longestCallMs = 86_400_000;
/** As many as there are prompts. */
const promptsOfLanguage = z.array(filledText(500)).min(1).max(2);

/** Where null has no meaning of its own it means the default. */
function orDefault<Value>(schema: z.ZodType<Value>, usual: NoInfer<Value>) {
  return schema.nullish().transform((value) => (value === null ? usual : value));
}

const usual = defaultAgentSettings;
const defaultEndpointing = usual.endpointing;

/** Every field that can be set of an agent but its name; fields we do not know are ignored. */
export const agentFields = {
  type: orDefault(z.enum(agentTypes), usual.type),
  enabled: orDefault(z.boolean(), usual.enabled),
  language: z.union([language, z.array(language).min(1).max(50)]).nullish(),
  languages: orDefault(z.array(language).max(50), usual.languages),
  accent: text(255).nullish(),
  handoff_phone_number: filledText(50).nullish(),
  handoff_mode: orDefault(z.enum(handoffModes), usual.handoff_mode),
  speed: z.number().positive().max(4).nullish(),
  interruptible: orDefault(z.boolean(), usual.interruptible),
  actionIds: idList.nullish(),
  /** Ids of training scenarios, or instructions in words. */
  instructions: z.array(text(20_000).trim()).max(500).nullish(),
  data_collection_fields: idList.nullish(),
  data_collection_webhook_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine(isStorable, notStorable)
    .nullish(),
  model: orDefault(z.enum(agentModels), usual.model),
  voice_id: filledText(255).nullish(),
  first_message: text(2000).nullish(),
  disclosure: text(2000).nullish(),
  flow: storableJson.optional(),
  manual_mode: orDefault(z.boolean(), usual.manual_mode),
  custom_llm: text(255).nullish(),
  use_org_knowledgebase: orDefault(z.boolean(), usual.use_org_knowledgebase),
  recording_enabled: orDefault(z.boolean(), usual.recording_enabled),
  stt_keyterms: orDefault(z.array(filledText(100)).max(500), usual.stt_keyterms),
  tts_speed_pct: orDefault(z.number().min(-50).max(100), usual.tts_speed_pct),
  failover_transfer_destination_id: z.guid().nullish(),
  silence_prompt_after_ms: orDefault(silenceMs, usual.silence_prompt_after_ms),
  silence_max_prompts: orDefault(z.number().int().min(0).max(2), usual.silence_max_prompts),
  silence_end_after_ms: orDefault(silenceMs, usual.silence_end_after_ms),
  silence_prompts: orDefault(z.record(language, promptsOfLanguage), usual.silence_prompts),
  endpointing: orDefault(
    z.object({
      mode: z.enum(endpointingModes).default(defaultEndpointing.mode),
      silence_ms: endpointingSilenceMs.default(defaultEndpointing.silence_ms),
    }),
    defaultEndpointing,
  ),
  max_call_ms: orDefault(z.number().int().min(10_000).max(longestCallMs), usual.max_call_ms),
  max_calls: z.int().min(1).max(100_000).nullish(),
  noise_suppression: orDefault(z.enum(noiseSuppressions), usual.noise_suppression),
  ambience: orDefault(z.enum(ambiences), usual.ambience),
  ambience_db: orDefault(z.number().min(-60).max(0), usual.ambience_db),
  on_voicemail: orDefault(z.enum(voicemailActions), usual.on_voicemail),
};

export const agentName = filledText(255);

/** Some of the fields, to change them. */
export const agentChanges = z.object({ name: agentName.optional(), ...agentFields });
