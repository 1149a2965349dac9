import { createHostedNumbers } from '../../../hosted-numbers/hosted-numbers.ts';
import { countryOf } from '../../../organisations.ts';
import { readNumber } from '../../../phone-numbers.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneNumberOnWire } from '../../phone-number.ts';
import { postPhoneNumbersBuySchema } from './schema.ts';

/** POST /phone/numbers/buy: buys a number at a provider and has its calls sent to this server. */
export function postPhoneNumbersBuy(api: Api, { store, secrets, config }: Services): void {
  const { db } = store;
  const hostedNumbers = createHostedNumbers({ db, secrets, config });
  const options = {
    schema: postPhoneNumbersBuySchema,
    config: { scope: 'phone:write', action: 'phone_number.buy', commitsItself: true },
  } as const;
  api.post('/phone/numbers/buy', options, async (request) => {
    const { orgId } = identityOf(request);
    const { phone_number: text, provider } = request.body;
    const phoneNumber = readNumber(text, await countryOf(db, orgId), '/phone_number');
    return phoneNumberOnWire(await hostedNumbers.buy({ orgId, phoneNumber }, provider));
  });
}
