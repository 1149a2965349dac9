/**
 * Answers outside of 2xx that belong to the course of a call or a registration: no refusal at the door, and nothing to be
 * listed. By status; docs/sip/refusals.md is written from it.
 */
export const dialogRefusals = {
  401: 'The first request of a caller gets this challenge, and the PBX sends it again with credentials. Nothing is wrong unless it stays at that.',
  415: 'An INFO or a changed offer within the call has a body of a type that is not read here; Accept lists those that are. The call goes on.',
  420: 'A request within the call requires an extension that is not spoken here; Unsupported names it. The call goes on.',
  422: 'The session timer that is asked for is shorter than ours; Min-SE says how long it has to be (RFC 4028 6). A PBX tries again with it by itself.',
  423: 'The registration is asked for a shorter time than we grant; Min-Expires says how long it has to be (RFC 3261 10.3). A PBX tries again with it by itself.',
  469: 'An INFO of a package that was not agreed on (RFC 6086 4.2.2). The call goes on.',
  481: 'A NOTIFY, PRACK or REFER speaks of something in the call that is not, or no longer, there.',
  487: 'The caller gave up before the call was answered: this ends the INVITE (RFC 3261 9.2).',
  488: 'Nothing in a changed offer within the call can be agreed on. The call goes on as before.',
  489: 'A subscription or notification of an event package that is not spoken here (RFC 6665 4.1.3).',
  491: 'Both sides changed the call at the same moment (RFC 3261 14.1). Each tries again after a moment, by itself.',
  500: 'A change within the call came while another was not settled; Retry-After says when to send it again (RFC 3261 14.2).',
  603: 'Somebody at this installation hung up while the call rang.',
} as const satisfies Readonly<Record<number, string>>;
