import { z } from 'zod';
import { type Membership, roles, type User } from '../users.ts';
import { filledText, text } from './wire.ts';

const role = z.enum(roles);

/** A user as the API answers with it. */
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  /** False: cannot sign in by password yet. */
  has_password: z.boolean(),
  memberships: z.array(z.object({ organisation_id: z.string(), role })),
  created_at: z.string(),
});

/** What can be set of a user. */
export const userFields = {
  /** RFC 5321 section 4.5.3.1.3: no longer than 254 characters. */
  email: z.email().max(254),
  name: filledText(255),
  /** Long ones cost more to hash; nobody types 200 characters. */
  password: text(200).min(10),
  memberships: z.array(z.object({ organisation_id: z.guid(), role })).max(1000),
};

export function userOnWire(user: User): z.output<typeof userSchema> {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    has_password: user.hasPassword,
    memberships: user.memberships.map(({ orgId, role: held }) => ({ organisation_id: orgId, role: held })),
    created_at: user.createdAt.toISOString(),
  };
}

export function membershipsOf(
  given: z.output<typeof userFields.memberships> | undefined,
): readonly Membership[] | undefined {
  return given?.map((membership) => ({ orgId: membership.organisation_id, role: membership.role }));
}
