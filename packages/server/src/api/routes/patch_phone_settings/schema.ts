import { z } from 'zod';
import { phoneSettingsSchema } from '../../phone-settings.ts';
import { countryCode } from '../../wire.ts';

/** Thirty days; 0: every call is a session of its own. */
const longestWindowMinutes = 43_200;
/** Ten years: the longest term records of calls are kept for. */
const longestRetentionDays = 3650;

export const patchPhoneSettingsSchema = {
  body: z.object({
    default_phone_agent_id: z.guid().nullish(),
    country: countryCode.optional(),
    session_window_minutes: z.number().int().min(0).max(longestWindowMinutes).optional(),
    recording: z.boolean().optional(),
    retention_days: z.number().int().min(1).max(longestRetentionDays).nullish(),
  }),
  response: { 200: phoneSettingsSchema },
};
