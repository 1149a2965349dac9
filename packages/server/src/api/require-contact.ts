import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/**
 * @param find asked for UUIDs only.
 * @throws {Problem} `contact_not_found`, also for contacts of other organisations.
 */
export async function requireContact<Found>(
  id: string,
  find: (id: string) => Promise<Found | undefined>,
): Promise<Found> {
  const contact = isUuid(id) ? await find(id) : undefined;
  if (contact === undefined) {
    throw new Problem('contact_not_found', 'There is no contact with this id. List them with GET /contacts.');
  }
  return contact;
}
