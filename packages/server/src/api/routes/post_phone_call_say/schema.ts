import { z } from 'zod';
import { callParams } from '../../call-route.ts';
import { filledText } from '../../wire.ts';

export const postPhoneCallSaySchema = {
  params: callParams,
  /** About two minutes of speech. */
  body: z.object({ text: filledText(2000) }),
  response: { 200: z.object({ id: z.string(), text: z.string() }) },
};
