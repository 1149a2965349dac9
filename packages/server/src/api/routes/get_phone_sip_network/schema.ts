import { z } from 'zod';
import { region, transport } from '../../sip-fields.ts';

const network = z.object({
  region,
  /** What the PBX is to call. */
  host: z.string(),
  /** Where signalling goes to, and where it and the sound of calls come from; empty while DNS does not know the host. */
  addresses: z.array(z.string()),
  signalling: z.array(z.object({ transport: transport, port: z.number() })),
  rtp: z.object({ transport: z.literal('udp'), port_min: z.number(), port_max: z.number() }),
});

/** Of SIP over TLS; whoever does not know its issuer compares the fingerprint. */
const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** SHA-256, pairs of hexadecimal digits with colons. */
  fingerprint: z.string(),
  is_self_signed: z.boolean(),
  expires_at: z.string(),
});

export const getSipNetworkSchema = {
  response: { 200: z.object({ regions: z.array(network), tls_certificate: certificate.nullable() }) },
};
