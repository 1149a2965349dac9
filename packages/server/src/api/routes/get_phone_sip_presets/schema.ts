import { z } from 'zod';
import { carrierPresetSchema } from '../../carrier-preset.ts';
import { pageCursor, pageLimit } from '../../wire.ts';

export const getSipPresetsSchema = {
  querystring: z.object({ cursor: pageCursor, limit: pageLimit }),
  response: { 200: z.object({ items: z.array(carrierPresetSchema), next: z.string().nullable() }) },
};
