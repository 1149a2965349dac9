import { z } from 'zod';

/** Path parameters of everything below a call. */
export const callParams = z.object({ call_id: z.string() });
