import { updatePhoneSettings } from '../../../phone-settings.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneSettingsOnWire } from '../../phone-settings.ts';
import { patchPhoneSettingsSchema } from './schema.ts';

/** PATCH /phone/settings: changes what the organisation has set for all its calls. */
export function patchPhoneSettings(api: Api, { store }: Services): void {
  const config = { scope: 'phone:write', action: 'phone_settings.update' } as const;
  api.patch('/phone/settings', { schema: patchPhoneSettingsSchema, config }, async (request) => {
    const { body } = request;
    const settings = await updatePhoneSettings(store.db, identityOf(request).orgId, {
      defaultPhoneAgentId: body.default_phone_agent_id,
      country: body.country,
      sessionWindowMinutes: body.session_window_minutes,
      recording: body.recording,
      retentionDays: body.retention_days,
    });
    return phoneSettingsOnWire(settings);
  });
}
