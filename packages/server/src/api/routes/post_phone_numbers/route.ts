import { createHostedNumbers } from '../../../hosted-numbers/hosted-numbers.ts';
import { createSpokenCodes } from '../../../number-verification/spoken-code.ts';
import { addNumber } from '../../../number-verification/verification.ts';
import { countryOf } from '../../../organisations.ts';
import { mayAttest, readNumber } from '../../../phone-numbers.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneNumberOnWire } from '../../phone-number.ts';
import { postPhoneNumbersSchema } from './schema.ts';

/** POST /phone/numbers: adds a number of the organisation and begins the proof that it is theirs. */
export function postPhoneNumbers(api: Api, { store, secrets, config, calls }: Services): void {
  const { db } = store;
  const hostedNumbers = createHostedNumbers({ db, secrets, config });
  const spokenCodes = createSpokenCodes({ db, secrets, calls });
  const options = {
    schema: postPhoneNumbersSchema,
    config: { scope: 'phone:write', action: 'phone_number.create', commitsItself: true },
  } as const;
  api.post('/phone/numbers', options, async (request) => {
    const identity = identityOf(request);
    const { orgId } = identity;
    const phoneNumber = readNumber(request.body.phone_number, await countryOf(db, orgId), '/phone_number');
    const verifier = { mayAttest: mayAttest(identity, config), hostedNumbers, spokenCodes, now: new Date() };
    return phoneNumberOnWire(await addNumber(db, orgId, { phoneNumber, method: request.body.method }, verifier));
  });
}
