import { z } from 'zod';
import type { PhoneSettings } from '../phone-settings.ts';

/** What an organisation has set for all its calls, as the API answers with it. */
export const phoneSettingsSchema = z.object({
  /** Answers calls to numbers of the trunk that no agent has; null: the oldest enabled inbound agent. */
  default_phone_agent_id: z.string().nullable(),
  /** National numbers are read in it, where a trunk names none; ISO 3166 alpha-2. */
  country: z.string(),
  /** A caller who calls again within this time continues the session. */
  session_window_minutes: z.number(),
  /** Calls may be recorded; each agent has its own switch beside this one. */
  recording: z.boolean(),
  /** null: kept until deleted. */
  retention_days: z.number().nullable(),
});

export function phoneSettingsOnWire(settings: PhoneSettings): z.output<typeof phoneSettingsSchema> {
  return {
    default_phone_agent_id: settings.defaultPhoneAgentId,
    country: settings.country,
    session_window_minutes: settings.sessionWindowMinutes,
    recording: settings.recording,
    retention_days: settings.retentionDays,
  };
}
