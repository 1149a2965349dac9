import { createHostedNumbers } from '../../../hosted-numbers/hosted-numbers.ts';
import type { Api, Services } from '../../api.ts';
import { getPhoneNumbersAvailableSchema } from './schema.ts';

/** GET /phone/numbers/available: numbers that can be bought now. */
export function getPhoneNumbersAvailable(api: Api, { store, secrets, config }: Services): void {
  const hostedNumbers = createHostedNumbers({ db: store.db, secrets, config });
  const options = { schema: getPhoneNumbersAvailableSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/numbers/available', options, async (request) => {
    const { country, area_code: areaCode, provider, limit } = request.query;
    const found = await hostedNumbers.search({ country, areaCode, limit }, provider);
    return {
      items: found.map(({ phoneNumber, monthlyCost, ...number }) => ({
        ...number,
        phone_number: phoneNumber,
        features: [...number.features],
        monthly_cost: monthlyCost,
      })),
      next: null,
    };
  });
}
