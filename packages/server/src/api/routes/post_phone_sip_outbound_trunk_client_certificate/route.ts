import { makeSelfSignedCertificate, readCertificate } from '@dialplane/sip';
import { sipHostOf } from '../../../public-address.ts';
import { createOutboundTrunks } from '../../../sip/outbound-trunks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { outboundTrunkId } from '../../outbound-trunk.ts';
import { postOutboundTrunkClientCertificateSchema } from './schema.ts';

/** POST /phone/sip/outbound-trunks/{trunk_id}/client-certificate: makes a key and a certificate that vouches for itself. */
export function postOutboundTrunkClientCertificate(api: Api, { store, secrets, config }: Services): void {
  const options = {
    schema: postOutboundTrunkClientCertificateSchema,
    config: { scope: 'sip:write', action: 'outbound_trunk.make_client_certificate' },
  } as const;
  const trunks = createOutboundTrunks(store.db, secrets);
  api.post('/phone/sip/outbound-trunks/:trunk_id/client-certificate', options, async (request) => {
    const { orgId } = identityOf(request);
    const { region, id } = await trunks.get(orgId, outboundTrunkId(request.params.trunk_id));
    const { common_name: name = sipHostOf(config, region), valid_days: validDays } = request.body;
    const clientIdentity = makeSelfSignedCertificate({ names: [name], validFromMs: Date.now(), validDays });
    await trunks.change(orgId, id, { clientIdentity });
    const { fingerprint, validUntilMs } = readCertificate(clientIdentity.certificatePem);
    return {
      id,
      client_certificate: clientIdentity.certificatePem,
      fingerprint,
      client_certificate_expires_at: new Date(validUntilMs).toISOString(),
    };
  });
}
