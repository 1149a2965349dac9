/** Why a call ended: the closed list (contract: endings). The API, the inbox, webhooks and metrics all read this table. */

export type EndedBy = 'caller' | 'agent' | 'carrier' | 'us';
/** Whose doing the ending was. */
export type EndingClass = 'ours' | 'theirs' | 'upstream' | 'unknown';

export interface Ending {
  readonly by: EndedBy;
  readonly class: EndingClass;
  /** Final SIP status when the call was not answered; 200 where only answered calls end so. */
  readonly sipCode: number;
  /** ITU-T Q.850 cause for the Reason header (RFC 3326). */
  readonly q850Cause: number;
  /** For people: what happened and, where something is to be done, the next step. */
  readonly sentence: string;
}

const row = (by: EndedBy, endingClass: EndingClass, sipCode: number, q850Cause: number, sentence: string): Ending => ({
  by,
  class: endingClass,
  sipCode,
  q850Cause,
  sentence,
});

export const endings = {
  caller_hung_up: row('caller', 'theirs', 200, 16, 'The caller hung up.'),
  agent_said_goodbye: row('agent', 'ours', 200, 16, 'The agent said goodbye and hung up.'),
  silence: row('agent', 'theirs', 200, 16, 'The caller stayed silent after the last prompt, so the agent hung up.'),
  max_duration: row('us', 'ours', 200, 16, 'The call reached the longest duration the agent allows.'),
  transferred: row('agent', 'ours', 200, 16, 'The caller was transferred.'),
  escalated: row('agent', 'ours', 200, 16, 'The agent logged the request for a person and ended the call.'),
  hangup_destination: row('agent', 'ours', 200, 16, 'The agent chose a destination that ends the call.'),
  ended_by_api: row('us', 'ours', 200, 16, 'The call was ended through the API.'),
  ended_by_person: row('us', 'ours', 200, 16, 'A person at this installation ended the call or stopped the server.'),
  caller_cancelled: row('caller', 'theirs', 487, 16, 'The caller gave up before the call was answered.'),
  no_answer: row('carrier', 'theirs', 408, 19, 'Nobody answered in time.'),
  busy: row('carrier', 'theirs', 486, 17, 'The called line was busy.'),
  declined: row('carrier', 'theirs', 603, 21, 'The called party declined the call.'),
  number_not_in_service: row('carrier', 'theirs', 404, 1, 'The dialled number is not in service.'),
  unreachable: row(
    'carrier',
    'theirs',
    480,
    18,
    'The other side stopped answering signalling. Check its network and NAT.',
  ),
  carrier_refused: row(
    'carrier',
    'upstream',
    403,
    21,
    'The carrier refused the call. Check credentials and caller id.',
  ),
  carrier_congested: row('carrier', 'upstream', 503, 42, 'The carrier had no free capacity. Try again later.'),
  voicemail: row('agent', 'theirs', 200, 16, 'A voicemail system answered.'),
  fax: row('agent', 'theirs', 200, 16, 'A fax machine answered.'),
  do_not_call: row('us', 'ours', 403, 21, 'The number is on the do-not-call list.'),
  fraud_guard: row('us', 'ours', 403, 21, 'The fraud guard stopped the call.'),
  no_agent: row('us', 'ours', 480, 20, 'No enabled inbound agent could take the call. Create one or enable one.'),
  no_route: row('us', 'ours', 404, 3, 'No rule leads from the dialled number to an agent. Assign the number.'),
  over_capacity: row('us', 'ours', 503, 42, 'No media port was free. Widen RTP_PORT_MIN and RTP_PORT_MAX.'),
  authentication_failed: row('us', 'theirs', 403, 21, 'User name or password did not match the trunk.'),
  no_common_codec: row('us', 'theirs', 488, 88, 'The offer held no codec we speak. Allow PCMU or PCMA on the PBX.'),
  encryption_required: row('us', 'theirs', 488, 88, 'The trunk requires encrypted media and the offer had none.'),
  media_lost: row('us', 'theirs', 200, 41, 'Sound from the caller stopped arriving.'),
  never_any_media: row(
    'us',
    'theirs',
    200,
    41,
    'No sound ever arrived from the caller: look at their firewall or NAT.',
  ),
  session_timer_expired: row('us', 'theirs', 200, 102, 'The other side did not refresh the session in time.'),
  provider_failed: row('us', 'upstream', 200, 41, 'The model or the speech engine failed twice in a row.'),
  node_lost: row('us', 'ours', 200, 41, 'The process that held the call was lost.'),
  internal_error: row('us', 'ours', 500, 41, 'Something failed on our side. The log has the cause under this call id.'),
} as const satisfies Record<string, Ending>;

export type EndingReason = keyof typeof endings;
