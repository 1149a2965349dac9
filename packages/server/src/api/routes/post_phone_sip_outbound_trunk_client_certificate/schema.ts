import { z } from 'zod';
import { outboundTrunkParams } from '../../outbound-trunk.ts';
import { sipHost } from '../../sip-fields.ts';

/** Carriers that want a certificate of ours pin it: a year is what most of them ask for at most. */
const usualDays = 365;

export const postOutboundTrunkClientCertificateSchema = {
  params: outboundTrunkParams,
  body: z.object({
    /** What the carrier is to know us by; absent: the host it reaches us at. */
    common_name: sipHost.optional(),
    valid_days: z.int().min(1).max(3650).default(usualDays),
  }),
  response: {
    200: z.object({
      id: z.string(),
      /** PEM, to be given to the carrier. Its key stays here. */
      client_certificate: z.string(),
      /** SHA-256, pairs of hexadecimal digits with colons. */
      fingerprint: z.string(),
      client_certificate_expires_at: z.string(),
    }),
  },
};
