import { phoneSettingsSchema } from '../../phone-settings.ts';

export const getPhoneSettingsSchema = { response: { 200: phoneSettingsSchema } };
