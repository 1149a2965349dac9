import { z } from 'zod';
import { userFields, userSchema } from '../../user.ts';

const { email, name, password, memberships } = userFields;

export const postUsersSchema = {
  body: z.object({ email, name, password: password.optional(), memberships: memberships.optional() }),
  response: { 200: userSchema },
};
