import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneNumberOnWire, requireNumber } from '../../phone-number.ts';
import { getPhoneNumberSchema } from './schema.ts';

/** GET /phone/numbers/{phone_number_id}: one number. */
export function getPhoneNumber(api: Api, { store }: Services): void {
  const options = { schema: getPhoneNumberSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/numbers/:phone_number_id', options, async (request) =>
    phoneNumberOnWire(await requireNumber(store.db, identityOf(request).orgId, request.params.phone_number_id)),
  );
}
