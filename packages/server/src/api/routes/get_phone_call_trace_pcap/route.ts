import { captureOf } from '../../../calls/capture.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { getPhoneCallTracePcapSchema } from './schema.ts';

/** Registered with IANA for libpcap's format. */
const media = 'application/vnd.tcpdump.pcap';

/** GET /phone/calls/{call_id}/trace.pcap: the call's SIP messages for Wireshark and sngrep. */
export function getPhoneCallTracePcap(api: Api, { store }: Services): void {
  const options = { schema: getPhoneCallTracePcapSchema, config: { scope: 'phone:read', media } } as const;
  api.get('/phone/calls/:call_id/trace.pcap', options, async (request, reply) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const capture = await captureOf(store.db, call);
    return reply.type(media).header('content-disposition', `attachment; filename="call-${call.id}.pcap"`).send(capture);
  });
}
