import { Refusal } from '../refusal.ts';
import type { HostedNumbers } from './hosted-numbers.ts';
import type { NumberSearch } from './provider.ts';

/**
 * Finds a number for sale, buys it and has an agent answer it.
 * @throws {Refusal} `hosted_number_unavailable` when none is for sale, and as {@link HostedNumbers}.
 */
export async function provisionNumber(
  hostedNumbers: HostedNumbers,
  orgId: string,
  agentId: string,
  search: Pick<NumberSearch, 'country' | 'areaCode'>,
): Promise<void> {
  const [offered] = await hostedNumbers.search({ ...search, limit: 1 });
  if (!offered) {
    const { country, areaCode } = search;
    throw new Refusal(
      'hosted_number_unavailable',
      `No number of ${country}${areaCode ? ` with the area code ${areaCode}` : ''} is for sale. Try another area code, or see GET /phone/numbers/available.`,
      [{ pointer: '/provision_number', code: 'hosted_number_unavailable', detail: 'matches no number for sale' }],
    );
  }
  await hostedNumbers.buy({ orgId, phoneNumber: offered.phoneNumber, agentId }, offered.provider);
}
