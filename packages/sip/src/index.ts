export type { Clock, RunningTimer } from './clock.ts';
export type { DialogSnapshot } from './dialog/dialog.ts';
export type { AuthenticationOptions } from './digest/server.ts';
export type { CallEnd, ExtraHeaders, HangupOptions } from './endpoint/call-ending.ts';
export { createSipEndpoint } from './endpoint/endpoint.ts';
export type { MessageTrace, Refusal, RefusalCode, SipEndpoint, SipEndpointOptions } from './endpoint/endpoint-types.ts';
export type { IncomingCall, IncomingCallHandlers } from './endpoint/incoming-call-types.ts';
export type { OutgoingCall, OutgoingCallHandlers, OutgoingCallOptions } from './endpoint/outgoing-call-types.ts';
export type { SipHeaders } from './message/headers.ts';
export { header, type SipMessage, type SipRequest, type SipResponse } from './message/message.ts';
export { type NameAddr, parseNameAddr } from './message/name-addr.ts';
export { SipParseError } from './message/parse-error.ts';
export { parseMessage } from './message/parser.ts';
export { parseUri, type SipUri } from './message/uri.ts';
export type { AudioCodec, MediaAddress } from './sdp/audio-codecs.ts';
export {
  type MediaDirection,
  type SdpMedia,
  SdpParseError,
  type SessionDescription,
} from './sdp/description.ts';
export {
  audioOffer,
  type LocalAudio,
  type NegotiatedAudio,
  negotiateAudio,
  readAudioAnswer,
} from './sdp/offer-answer.ts';
export { parseSdp } from './sdp/parse.ts';
export type { Flow, PeerCertificate, TransportName } from './transport/flow.ts';
