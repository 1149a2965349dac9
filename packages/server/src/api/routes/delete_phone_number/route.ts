import type { FastifyRequest } from 'fastify';
import { createHostedNumbers } from '../../../hosted-numbers/hosted-numbers.ts';
import { deleteNumber } from '../../../phone-number-records.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { requireNumber } from '../../phone-number.ts';
import { deletePhoneNumberSchema } from './schema.ts';

/** Releasing waits for the provider. */
function releasesNumber({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && 'release' in query && query.release === 'true';
}

/** DELETE /phone/numbers/{phone_number_id}: removes a number, also from its trunk and its agent. */
export function deletePhoneNumber(api: Api, { store, secrets, config }: Services): void {
  const { db } = store;
  const hostedNumbers = createHostedNumbers({ db, secrets, config });
  const options = {
    schema: deletePhoneNumberSchema,
    config: { scope: 'phone:write', action: 'phone_number.delete', commitsItself: releasesNumber },
  } as const;
  api.delete('/phone/numbers/:phone_number_id', options, async (request) => {
    const number = await requireNumber(db, identityOf(request).orgId, request.params.phone_number_id);
    // First at the provider: after a failure there the number is still known here and can be tried again.
    const released = request.query.release === 'true' && (await hostedNumbers.release(number));
    await deleteNumber(db, number);
    return { ...deleted(number.id), released };
  });
}
