import { z } from 'zod';
import { deletedSchema } from '../../deleted.ts';

export const deleteSipBanSchema = {
  /** As GET /phone/sip/bans has it, URL-encoded; any address of an IPv6 source will do. */
  params: z.object({ source: z.string() }),
  response: { 200: deletedSchema },
};
