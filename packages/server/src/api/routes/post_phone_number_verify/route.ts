import { createHostedNumbers } from '../../../hosted-numbers/hosted-numbers.ts';
import { createSpokenCodes } from '../../../number-verification/spoken-code.ts';
import { codePauseMs, startVerification } from '../../../number-verification/verification.ts';
import { mayAttest } from '../../../phone-numbers.ts';
import { Refusal } from '../../../refusal.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { phoneNumberOnWire, requireNumber } from '../../phone-number.ts';
import { postPhoneNumberVerifySchema } from './schema.ts';

/** POST /phone/numbers/{phone_number_id}/verify: begins the proof again, with a new code or a new window for a call. */
export function postPhoneNumberVerify(api: Api, { store, secrets, config, calls }: Services): void {
  const { db } = store;
  const hostedNumbers = createHostedNumbers({ db, secrets, config });
  const spokenCodes = createSpokenCodes({ db, secrets, calls });
  const options = {
    schema: postPhoneNumberVerifySchema,
    config: { scope: 'phone:write', action: 'phone_number.verify', commitsItself: true },
  } as const;
  api.post('/phone/numbers/:phone_number_id/verify', options, async (request, reply) => {
    const identity = identityOf(request);
    const number = await requireNumber(db, identity.orgId, request.params.phone_number_id);
    const verifier = { mayAttest: mayAttest(identity, config), hostedNumbers, spokenCodes, now: new Date() };
    const started = await startVerification(db, number, verifier).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'verification_too_soon') {
        reply.header('retry-after', String(codePauseMs / 1000));
      }
      throw error;
    });
    return phoneNumberOnWire(started);
  });
}
