import { z } from 'zod';
import { deletedSchema } from '../../deleted.ts';
import { phoneNumberParams } from '../../phone-number.ts';

const querystring = z.object({
  /** `true` also gives a hosted number back to its provider, who stops charging for it. */
  release: z.enum(['true', 'false']).default('false'),
});

export const deletePhoneNumberSchema = {
  params: phoneNumberParams,
  querystring,
  response: {
    200: deletedSchema.extend({
      /** Whether the number was given back to a provider. */
      released: z.boolean(),
    }),
  },
};
