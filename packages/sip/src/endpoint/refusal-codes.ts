/** What a refusal answers with, and what it means to the engineer on the other side. */
export interface RefusalKind {
  /** SIP status of our answer; 0: there is none. */
  readonly status: number;
  /** For people: what happened, and the next step. */
  readonly sentence: string;
}

const kind = (status: number, sentence: string): RefusalKind => ({ status, sentence });

/** Why a request from outside is not let in before it is a call; docs/sip/refusals.md is written from it. */
export const refusalCodes = {
  malformed: kind(
    400,
    'The message breaks the grammar of SIP or SDP; the reason phrase and Warning say where. Look for an ALG in the firewall that rewrites SIP, and switch it off.',
  ),
  malformed_credentials: kind(
    400,
    'The Authorization header lacks a part or cannot be read. Update the firmware of the PBX.',
  ),
  challenge_unanswered: kind(
    401,
    "The caller was asked for a user name and password and never answered. Set the trunk's credentials in the PBX, or put its address on the trunk's allowed_ips.",
  ),
  number_not_listed: kind(
    401,
    "The address is on the list of a trunk, but the dialled number belongs to no organisation that lists it. Add the number with POST /phone/numbers, or send the trunk's credentials.",
  ),
  wrong_credentials: kind(
    403,
    "There is no such user, or the password is wrong. Copy both from GET /phone/sip/inbound-trunk; ten failures in a minute bring silence for ten minutes, unless the address is on the trunk's list.",
  ),
  source_not_allowed: kind(
    403,
    "The password is right, but the trunk's `authentication` also asks for a source on its list, or takes no password at all. Add the address to allowed_ips with PATCH /phone/sip/inbound-trunk, or change `authentication`.",
  ),
  too_many_bindings: kind(
    403,
    'The trunk has as many registered contacts as it may have. Let phones that are gone expire, or use one trunk per PBX.',
  ),
  authentication_not_configured: kind(403, 'This server takes no calls from anybody: it has no trunks.'),
  not_replaceable: kind(
    403,
    'The INVITE wants the place of a call of another account. Replace calls of the same trunk only.',
  ),
  method_not_allowed: kind(
    405,
    'The method is not spoken here; Allow lists those that are. Nothing has to be done for calls to work.',
  ),
  not_acceptable: kind(406, 'The Accept header excludes application/sdp, without which no call can be answered.'),
  body_too_large: kind(413, 'The body is longer than any session description. Remove what the PBX adds to it.'),
  unsupported_body: kind(
    415,
    'The body is of a type or encoding that is not read here, and its sender insists that it is. Send application/sdp, alone or in a multipart body.',
  ),
  unsupported_uri_scheme: kind(416, 'The Request-URI is neither a sip:, sips: nor tel: URI.'),
  unsupported_extension: kind(
    420,
    'The request requires an extension that is not spoken here; Unsupported names it. Move it from Require to Supported.',
  ),
  session_interval_too_small: kind(
    422,
    'The session timer of the PBX is shorter than 90 seconds (RFC 4028). It tries again by itself with the Min-SE of our answer; else raise its minimum.',
  ),
  nobody_answers: kind(480, 'Nobody answers calls at this server.'),
  nothing_to_replace: kind(
    481,
    'The INVITE wants the place of a call that is not here or not answered yet. Transfer it without consultation.',
  ),
  no_dialog: kind(
    481,
    'The request is of a call that is not here: it has ended, or another server has it. A call that was cut off by a restart ends like this.',
  ),
  merged_request: kind(
    482,
    'A second copy of the same request came in by another way (RFC 3261 8.2.2.2). Look for a proxy that forks to two of our addresses.',
  ),
  too_many_hops: kind(
    483,
    'Max-Forwards has reached 0: the call runs in a circle between servers. Look at the routes of the PBX.',
  ),
  already_answered: kind(
    486,
    'The INVITE wants the place of a call only while it rings, and the call has been answered. Nothing is wrong.',
  ),
  registration_out_of_order: kind(
    500,
    'A REGISTER with a higher CSeq of the same Call-ID was answered before this one. Nothing has to be done: the PBX registers again.',
  ),
  internal_error: kind(500, 'A fault on our side. The log has its cause under the Call-ID; please report it.'),
  shutting_down: kind(
    503,
    'The server is being stopped and takes no new calls. Retry-After says when to come again; the carrier tries its next destination.',
  ),
  overloaded: kind(
    503,
    'The server has more work than it can do in time, and takes no new calls for a moment. Retry-After says when to come again.',
  ),
  credentials_unavailable: kind(
    503,
    'The database could not be asked who the caller is. Retry-After says when to come again.',
  ),
  unsupported_version: kind(505, 'The message is of another version than SIP/2.0.'),
  message_too_large: kind(513, 'The headers are longer than any real message. Remove what the PBX adds to them.'),
  silenced: kind(
    0,
    'The source failed ten times in a minute or bears the signature of an attack tool: it gets no answer for ten minutes, each time twice as long, a day at most. See GET /phone/sip/bans, and DELETE /phone/sip/bans/{source} to hear it again at once.',
  ),
} as const satisfies Readonly<Record<string, RefusalKind>>;

export type RefusalCode = keyof typeof refusalCodes;
