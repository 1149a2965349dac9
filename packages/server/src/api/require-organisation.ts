import type { Organisation } from '../organisations.ts';
import { isUuid } from '../uuid.ts';
import { Problem } from './problem.ts';

/**
 * @param find asked for UUIDs only.
 * @throws {Problem} `organisation_not_found`.
 */
export async function requireOrganisation(
  id: string,
  find: (id: string) => Promise<Organisation | undefined>,
): Promise<Organisation> {
  const organisation = isUuid(id) ? await find(id) : undefined;
  if (!organisation) {
    throw new Problem(
      'organisation_not_found',
      'There is no organisation with this id. List them with GET /organisations.',
    );
  }
  return organisation;
}
