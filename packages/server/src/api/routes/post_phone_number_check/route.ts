import { checkCode } from '../../../number-verification/verification.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneNumberOnWire, requireNumber } from '../../phone-number.ts';
import { postPhoneNumberCheckSchema } from './schema.ts';

/** POST /phone/numbers/{phone_number_id}/check: compares the code that the owner of the number read. */
export function postPhoneNumberCheck(api: Api, { store }: Services): void {
  const options = {
    schema: postPhoneNumberCheckSchema,
    config: { scope: 'phone:write', action: 'phone_number.check', commitsItself: true },
  } as const;
  api.post('/phone/numbers/:phone_number_id/check', options, async (request) => {
    const number = await requireNumber(store.db, identityOf(request).orgId, request.params.phone_number_id);
    return phoneNumberOnWire(await checkCode(store.db, number, request.body.code, new Date()));
  });
}
