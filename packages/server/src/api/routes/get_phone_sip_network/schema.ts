import { z } from 'zod';
import { region } from '../../sip-fields.ts';

const network = z.object({
  region,
  /** What the PBX is to call. */
  host: z.string(),
  /** Where signalling goes to, and where it and the sound of calls come from; empty while DNS does not know the host. */
  addresses: z.array(z.string()),
  signalling: z.array(z.object({ transport: z.enum(['udp', 'tcp']), port: z.number() })),
  rtp: z.object({ transport: z.literal('udp'), port_min: z.number(), port_max: z.number() }),
});

export const getSipNetworkSchema = { response: { 200: z.object({ regions: z.array(network) }) } };
