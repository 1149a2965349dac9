import { unquote } from '../message/grammar.ts';
import type { SipRequest } from '../message/message.ts';
import { type NameAddr, parseNameAddr } from '../message/name-addr.ts';
import { type ClaimedAttestation, readAttestation } from './attestation.ts';
import { type Diversion, readDiversions } from './diversion.ts';
import { diversionsInHistory, type HistoryEntry, readHistory } from './history-info.ts';
import { addressParameter, type IdentityAddress, identityAddress } from './identity-address.ts';
import { hidesCaller, type PrivacyValue, readPrivacy } from './privacy.ts';
import { readableList } from './readable-list.ts';

/** Everything an INVITE says about who calls. Plain data. Whether to believe it depends on who sent the INVITE. */
export interface CallerIdentity {
  /** The best of the addresses below: asserted, else the remote party, else From. */
  readonly caller: IdentityAddress;
  readonly source: 'p_asserted_identity' | 'remote_party_id' | 'from';
  /** The caller does not want to be shown: Privacy, a private Remote-Party-ID, or an anonymous From with nothing better. */
  readonly isWithheld: boolean;
  readonly from: IdentityAddress;
  /** At most one SIP and one `tel:` address (RFC 3325 9.1), by the order written. */
  readonly asserted: readonly IdentityAddress[];
  /** What the caller would like to be asserted (RFC 3325 9.2); nobody has checked it. */
  readonly preferred: readonly IdentityAddress[];
  readonly privacy: readonly PrivacyValue[];
  /** Who the call was for before, the latest first; from Diversion, else from History-Info. */
  readonly diversions: readonly Diversion[];
  readonly history: readonly HistoryEntry[];
  /** Undefined when the INVITE claims nothing. */
  readonly attestation: ClaimedAttestation | undefined;
}

/** RFC 3323 4.1.1.3. */
const ANONYMOUS_HOST = 'anonymous.invalid';

/**
 * Reads P-Asserted-Identity, P-Preferred-Identity (RFC 3325), Privacy (RFC 3323), Remote-Party-ID (the expired draft that
 * came before RFC 3325, still sent by PBXs), Diversion (RFC 5806), History-Info (RFC 7044) and Identity (RFC 8224).
 * What cannot be read is left out.
 */
export function callerIdentity(request: SipRequest): CallerIdentity {
  const { headers, from } = request;
  const asserted = readableList(headers, 'P-Asserted-Identity', parseNameAddr);
  const remoteParty = readableList(headers, 'Remote-Party-ID', parseNameAddr).find(isCalling);
  const best = asserted[0] ?? remoteParty ?? from;
  const privacy = readPrivacy(headers);
  const isAnonymous = best === from && from.uri.host.toLowerCase() === ANONYMOUS_HOST;
  const diversions = readDiversions(headers);
  const history = readHistory(headers);
  const verstat = [...asserted, from].map((address) => addressParameter(address, 'verstat')).find(Boolean);
  return {
    caller: identityAddress(best),
    source: asserted[0] ? 'p_asserted_identity' : remoteParty ? 'remote_party_id' : 'from',
    isWithheld: hidesCaller(privacy) || isAnonymous || (best === remoteParty && isPrivate(best)),
    from: identityAddress(from),
    asserted: asserted.map(identityAddress),
    preferred: readableList(headers, 'P-Preferred-Identity', parseNameAddr).map(identityAddress),
    privacy,
    diversions: diversions.length > 0 ? diversions : diversionsInHistory(history),
    history,
    attestation: readAttestation(headers, verstat === undefined ? undefined : unquote(verstat)),
  };
}

/** `party=called` speaks of us; without the parameter it is the caller. */
function isCalling({ parameters }: NameAddr): boolean {
  return (parameters.get('party') ?? 'calling').toLowerCase() === 'calling';
}

function isPrivate({ parameters }: NameAddr): boolean {
  const privacy = unquote(parameters.get('privacy') ?? 'off').toLowerCase();
  return privacy !== 'off' && privacy !== 'none';
}
