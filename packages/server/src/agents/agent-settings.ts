import { isDeepStrictEqual } from 'node:util';
import type { phoneAgents } from '../store/schema.ts';
import { type Behaviour, defaultBehaviour } from './behaviour.ts';

export const agentTypes = ['inbound', 'outbound'] as const;
export const agentModels = ['oppie-vox', 'oppie-vox-turbo', 'oppie-vox-2', 'oppie-vox-livekit'] as const;

/** Everything that can be set of a phone agent, in the names of the API: what a version of it holds. */
export interface AgentSettings extends Behaviour {
  readonly name: string;
  readonly type: (typeof agentTypes)[number];
  readonly enabled: boolean;
  /** As it was given: one code, or several with the primary one first; null: the default language. */
  readonly language: string | string[] | null;
  /** Every language the agent speaks, the primary one first. */
  readonly languages: string[];
  readonly accent: string | null;
  /** E.164. */
  readonly handoff_phone_number: string | null;
  readonly speed: number | null;
  readonly interruptible: boolean;
  /** null: all actions; empty: none. */
  readonly actionIds: string[] | null;
  /** Ids of knowledge articles, or instructions in words. */
  readonly instructions: string[] | null;
  readonly data_collection_fields: string[] | null;
  readonly data_collection_webhook_url: string | null;
  readonly model: (typeof agentModels)[number];
  readonly voice_id: string | null;
  readonly first_message: string | null;
  /** Opaque to us. */
  readonly flow: unknown;
  readonly manual_mode: boolean;
  readonly custom_llm: string | null;
  readonly use_org_knowledgebase: boolean;
  readonly recording_enabled: boolean;
  readonly stt_keyterms: string[];
  /** Change of the speed of speech in percent; 0 is normal. */
  readonly tts_speed_pct: number;
  readonly failover_transfer_destination_id: string | null;
}

export type AgentChanges = { readonly [Field in keyof AgentSettings]?: AgentSettings[Field] | undefined };

type AgentRow = typeof phoneAgents.$inferSelect;
type AgentColumns = Omit<
  AgentRow,
  'id' | 'orgId' | 'phoneNumber' | 'providerExternalId' | 'outboundTrunkId' | 'createdAt' | 'updatedAt'
>;

/** Everything but the name has a default. */
export const defaultAgentSettings: Omit<AgentSettings, 'name'> = {
  type: 'inbound',
  enabled: true,
  language: null,
  languages: [],
  accent: null,
  handoff_phone_number: null,
  speed: null,
  interruptible: true,
  actionIds: null,
  instructions: null,
  data_collection_fields: null,
  data_collection_webhook_url: null,
  // Documented as the latest of the voice models.
  model: 'oppie-vox-livekit',
  voice_id: null,
  first_message: null,
  flow: null,
  manual_mode: false,
  custom_llm: null,
  use_org_knowledgebase: false,
  recording_enabled: true,
  stt_keyterms: [],
  tts_speed_pct: 0,
  failover_transfer_destination_id: null,
  ...defaultBehaviour,
};

/** The settings with these ones changed. `undefined` changes nothing, and what is no setting is left out. */
export function changed(settings: AgentSettings, changes: AgentChanges): AgentSettings {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([field, value]) => field in settings && value !== undefined),
  );
  return { ...settings, ...given };
}

export function settingsOf(agent: AgentRow): AgentSettings {
  const { language, languages } = agent;
  return {
    name: agent.name,
    type: agent.type,
    enabled: agent.enabled,
    // A list was given as `language` when the column for a single one is empty.
    language: language ?? (languages.length > 0 ? languages : null),
    languages: languages.length > 0 || language === null ? languages : [language],
    accent: agent.accent,
    handoff_phone_number: agent.handoffPhoneNumber,
    speed: agent.speed,
    interruptible: agent.interruptible,
    actionIds: agent.actionIds,
    instructions: agent.instructions,
    data_collection_fields: agent.dataCollectionFields,
    data_collection_webhook_url: agent.dataCollectionWebhookUrl,
    model: agentModels.find((model) => model === agent.model) ?? defaultAgentSettings.model,
    voice_id: agent.voiceId,
    first_message: agent.firstMessage,
    flow: agent.flow ?? null,
    manual_mode: agent.manualMode,
    custom_llm: agent.customLlm,
    use_org_knowledgebase: agent.useOrgKnowledgebase,
    recording_enabled: agent.recordingEnabled,
    stt_keyterms: agent.sttKeyterms,
    tts_speed_pct: agent.ttsSpeedPct,
    failover_transfer_destination_id: agent.failoverTransferDestinationId,
    ...defaultBehaviour,
    ...agent.behaviour,
  };
}

export function columnsOf(settings: AgentSettings): AgentColumns {
  return {
    name: settings.name,
    type: settings.type,
    enabled: settings.enabled,
    language: typeof settings.language === 'string' ? settings.language : null,
    languages: settings.languages,
    accent: settings.accent,
    handoffPhoneNumber: settings.handoff_phone_number,
    speed: settings.speed,
    interruptible: settings.interruptible,
    actionIds: settings.actionIds,
    instructions: settings.instructions,
    dataCollectionFields: settings.data_collection_fields,
    dataCollectionWebhookUrl: settings.data_collection_webhook_url,
    model: settings.model,
    voiceId: settings.voice_id,
    firstMessage: settings.first_message,
    flow: settings.flow,
    manualMode: settings.manual_mode,
    customLlm: settings.custom_llm,
    useOrgKnowledgebase: settings.use_org_knowledgebase,
    recordingEnabled: settings.recording_enabled,
    sttKeyterms: settings.stt_keyterms,
    ttsSpeedPct: settings.tts_speed_pct,
    failoverTransferDestinationId: settings.failover_transfer_destination_id,
    behaviour: differing(settings),
  };
}

/** Defaults are applied on read, so that agents that never chose follow them. */
function differing(settings: AgentSettings): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = { ...settings };
  const chosen = Object.entries(defaultBehaviour).filter(([field, usual]) => !isDeepStrictEqual(given[field], usual));
  return Object.fromEntries(chosen.map(([field]) => [field, given[field]]));
}
