import { z } from 'zod';
import { userFields, userSchema } from '../../user.ts';

export const patchUserSchema = {
  params: z.object({ user_id: z.string() }),
  body: z.object(userFields).partial(),
  response: { 200: userSchema },
};
