/** Why a simulated call ended, as sentences for people: what happened and, for a failure, what to do next. */

/** Status -> what it means here, and what to do. */
const refusals: Readonly<Record<number, string>> = {
  401: 'the server does not accept the user name or password. Check --user and --password.',
  403: 'the server does not accept the user name or password, or not this caller. Check --user and --password.',
  404: 'nobody has this number. Check --to, and that the number is assigned to an agent.',
  407: 'a proxy does not accept the user name or password. Check --user and --password.',
  408: 'nothing answered there. Check that the server is running and that --server is its SIP address.',
  480: 'no agent is available for this number. Check that an inbound agent is enabled.',
  486: 'the line is busy. Try again when other calls are over.',
  488: 'no codec in common; this caller offers G.711 only.',
  503: 'the server could not be reached, or takes no calls now. Check that it is running, and its log.',
};

export function refused(status: number, reason: string): string {
  const meaning = refusals[status] ?? 'the server refused the call. Its log says why.';
  return `Not answered: ${status} ${reason}; ${meaning}`;
}

export function nobodyThere(server: string): string {
  return `Not answered: nothing speaks SIP at ${server}. Check that the server is running and that --server is its SIP address.`;
}

export function notAnswered(server: string, afterMs: number): string {
  return `Not answered: ${server} took the call but did not answer it in ${seconds(afterMs)}. Its log says why.`;
}

export function answeredWithoutAudio(): string {
  return 'Answered without audio: the answer takes none of the codecs offered (G.711). Check its codec settings.';
}

export function noReply(afterMs: number, packetsReceived: number): string {
  return packetsReceived === 0
    ? `No reply in ${seconds(afterMs)}, and not one packet of sound arrived: a firewall or NAT is between here and the server.`
    : `The agent did not reply in ${seconds(afterMs)}. See what it heard in the history of the session.`;
}

export function agentHungUp(linesUnsaid: number): string {
  return linesUnsaid > 0 ? `The agent hung up; lines left unsaid: ${linesUnsaid}.` : 'The agent hung up.';
}

export function tookTooLong(afterMs: number): string {
  return `The call was hung up after ${seconds(afterMs)}. Allow it more with --timeout.`;
}

export const saidAll = 'The caller hung up after the last reply.';
export const interrupted = 'The call was interrupted.';

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
