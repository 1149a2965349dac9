import { z } from 'zod';
import { callDirections, callStates } from '../../../calls/calls.ts';
import { callSchema } from '../../call.ts';
import { filledText, moment, pageCursor, pageLimit } from '../../wire.ts';

export const getPhoneCallsSchema = {
  querystring: z.object({
    cursor: pageCursor,
    limit: pageLimit,
    session_id: z.guid().optional(),
    agent_id: z.guid().optional(),
    state: z.enum(callStates).optional(),
    direction: z.enum(callDirections).optional(),
    /** A number in any written form, an extension, or `anonymous`. */
    caller: filledText(50).optional(),
    created_after: moment.optional(),
    created_before: moment.optional(),
  }),
  response: { 200: z.object({ items: z.array(callSchema), next: z.string().nullable() }) },
};
