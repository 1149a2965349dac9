import type { CertificateDetails } from '@dialplane/sip';
import { networkOf } from '../../../sip/network.ts';
import type { Api, Services } from '../../api.ts';
import { getSipNetworkSchema } from './schema.ts';

/** GET /phone/sip/network: what a carrier's firewall must let through, for each region. */
export function getSipNetwork(api: Api, { config, sipCertificate }: Services): void {
  const options = { schema: getSipNetworkSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/network', options, async () => ({
    regions: (await networkOf(config)).map(({ region, host, addresses, signalling, rtp }) => ({
      region,
      host,
      addresses: [...addresses],
      signalling: [...signalling],
      rtp: { transport: rtp.transport, port_min: rtp.portMin, port_max: rtp.portMax },
    })),
    tls_certificate: certificateOnWire(sipCertificate()),
  }));
}

function certificateOnWire(certificate: CertificateDetails | undefined) {
  if (!certificate) return null;
  const { subject, issuer, fingerprint, isSelfSigned, validUntilMs } = certificate;
  return {
    subject,
    issuer,
    fingerprint,
    is_self_signed: isSelfSigned,
    expires_at: new Date(validUntilMs).toISOString(),
  };
}
