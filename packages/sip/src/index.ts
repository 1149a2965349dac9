export type { Clock, RunningTimer } from './clock.ts';
export type { DialogSnapshot } from './dialog/dialog.ts';
export type { DigestAlgorithm } from './digest/algorithm.ts';
export type { AuthenticationOptions, Credential } from './digest/server.ts';
export type { CallEnd, ExtraHeaders, HangupOptions } from './endpoint/call-ending.ts';
export type { CallSnapshot } from './endpoint/call-snapshot.ts';
export type { CallUsageHandlers, CallUsages } from './endpoint/call-usages.ts';
export { dialogRefusals } from './endpoint/dialog-refusals.ts';
export { createSipEndpoint } from './endpoint/endpoint.ts';
export type { MessageTrace, Refusal, SipEndpoint, SipEndpointOptions } from './endpoint/endpoint-types.ts';
export type { EstablishedCall, EstablishedCallHandlers, RestoreOptions } from './endpoint/established-call-types.ts';
export type { IncomingCall, IncomingCallHandlers } from './endpoint/incoming-call-types.ts';
export type { OutgoingCall, OutgoingCallHandlers, OutgoingCallOptions } from './endpoint/outgoing-call-types.ts';
export { type RefusalCode, type RefusalKind, refusalCodes } from './endpoint/refusal-codes.ts';
export { AddressTable } from './guard/address-table.ts';
export type { Ban } from './guard/guard.ts';
export type { GuardLimits } from './guard/guard-options.ts';
export type { SenderStyle, SourcePolicy, SourceVerdict } from './guard/source-policy.ts';
export type { AttestationLevel, ClaimedAttestation, ClaimedPassport } from './identity/attestation.ts';
export { calledParty } from './identity/called-party.ts';
export { type CallerIdentity, callerIdentity } from './identity/caller-identity.ts';
export type { Diversion } from './identity/diversion.ts';
export type { HistoryEntry } from './identity/history-info.ts';
export type { IdentityAddress } from './identity/identity-address.ts';
export {
  anonymousFrom,
  type IdentityOptions,
  identityHeaders,
  type WrittenAddress,
} from './identity/identity-headers.ts';
export type { PrivacyValue } from './identity/privacy.ts';
export type { SipHeaders } from './message/headers.ts';
export { header, type SipMessage, type SipRequest, type SipResponse } from './message/message.ts';
export { type NameAddr, parseNameAddr } from './message/name-addr.ts';
export { SipParseError } from './message/parse-error.ts';
export { parseMessage } from './message/parser.ts';
export { reasonPhrase } from './message/status.ts';
export { parseUri, type SipUri } from './message/uri.ts';
export { referralHeaders } from './refer/referral-headers.ts';
export type { ReferOptions, ReferOutcome, Referral } from './refer/referral-types.ts';
export type { DialogName, ReplacedDialog } from './refer/replaces.ts';
export type { Binding } from './registration/binding.ts';
export type { RegistrarOptions, UnregisteredReason } from './registration/registrar.ts';
export type { RegisteredUsers } from './registration/registrar-service.ts';
export type { RegistrationState } from './registration/registration-table.ts';
export type {
  Registration,
  RegistrationError,
  RegistrationOptions,
  RegistrationSnapshot,
  RegistrationStatus,
} from './registration/registration-types.ts';
export type { DnsAnswer, DnsClient, NaptrRecord, SrvRecord } from './resolve/dns.ts';
export { nodeDns } from './resolve/node-dns.ts';
export type { RouteAttempt, RouteFailure } from './resolve/route.ts';
export { type CodecDescription, type CodecName, isCodecName } from './sdp/codec-descriptions.ts';
export type { AgreedCrypto, CryptoAttribute } from './sdp/crypto-attribute.ts';
export {
  type MediaDirection,
  type SdpMedia,
  SdpParseError,
  type SessionDescription,
} from './sdp/description.ts';
export type { MediaAddress } from './sdp/media-address.ts';
export {
  audioOffer,
  type LocalAudio,
  type NegotiatedAudio,
  negotiateAudio,
  readAudioAnswer,
} from './sdp/offer-answer.ts';
export { parseSdp } from './sdp/parse.ts';
export type { ChangeOutcome } from './session/change-by-us.ts';
export type { InDialogAnswer, InDialogRequestOptions } from './session/dialog-requests.ts';
export { type ReasonValue, readReasons } from './session/reason.ts';
export type { Reliability } from './session/reliable-provisionals.ts';
export { hepPacket } from './trace/hep.ts';
export { pcapHeader, pcapRecord } from './trace/pcap.ts';
export { withoutSecrets } from './trace/redact.ts';
export type { TracedPacket } from './trace/traced-packet.ts';
export { type CertificateDetails, readCertificate } from './transport/certificate.ts';
export type { TlsClientOptions } from './transport/dial.ts';
export type { Flow, PeerCertificate, TransportName } from './transport/flow.ts';
export { systemHasIPv6 } from './transport/networks.ts';
export type {
  AdvertisedAddress,
  Reachability,
  ReachabilityFinding,
  TransportReachability,
} from './transport/reachability.ts';
export { makeSelfSignedCertificate, type SelfSignedCertificate } from './transport/self-signed.ts';
export { askStunServer, type MappedAddress } from './transport/stun.ts';
export type { TlsIdentity } from './transport/tls-acceptor.ts';
export { TransportError, type TransportErrorCode } from './transport/transport-error.ts';
export type { LocalPlace, TransportCounters } from './transport/transports.ts';
