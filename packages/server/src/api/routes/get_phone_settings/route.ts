import { readPhoneSettings } from '../../../phone-settings.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneSettingsOnWire } from '../../phone-settings.ts';
import { getPhoneSettingsSchema } from './schema.ts';

/** GET /phone/settings: what the organisation has set for all its calls. */
export function getPhoneSettings(api: Api, { store }: Services): void {
  const options = { schema: getPhoneSettingsSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/settings', options, async (request) =>
    phoneSettingsOnWire(await readPhoneSettings(store.db, identityOf(request).orgId)),
  );
}
