import { z } from 'zod';
import { callParams } from '../../call-route.ts';

export const postPhoneCallRecordingPauseSchema = {
  params: callParams,
  response: { 200: z.object({ id: z.string(), state: z.literal('paused') }) },
};
