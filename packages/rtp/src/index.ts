/** Media transport: RTP legs on ports of a range, keys, and the 20 ms clock that drives them. */

export { createMediaClock, type MediaClock, type MediaClockOptions } from './clock.ts';
export { JitterBuffer, type JitterStatistics, type Pulled } from './jitter/jitter-buffer.ts';
export {
  openRtpLeg,
  type RtpLeg,
  type RtpLegAgreement,
  type RtpLegHandlers,
  type RtpLegOptions,
  type RtpLegSnapshot,
} from './leg.ts';
export type { SrtpKeys } from './leg-encryption.ts';
export type { RtpLegStatistics } from './leg-statistics.ts';
export type { RtpHeader } from './packet.ts';
export { createPortPool, type PooledSocket, type PortPool, type PortPoolOptions } from './port-pool.ts';
export { type PortRange, slicePortRange } from './port-range.ts';
export { type FarEndQuality, RtcpSession, type RtcpSessionOptions, type SendingState } from './rtcp/rtcp-session.ts';
export { PortRangeExhausted, RtpError } from './rtp-error.ts';
export { sharedNowMs } from './shared-clock.ts';
export type { MediaAddress, SourceLatchSnapshot } from './source-latch.ts';
export { newSrtpKey, readInlineKey, type SrtpKey, writeInlineKey } from './srtp/master-key.ts';
export { isSrtpSuite, type SrtpProfile, type SrtpSuite, srtpProfiles } from './srtp/profile.ts';
export { type SrtpFault, SrtpReceiver } from './srtp/srtp-receiver.ts';
export { SrtpSender, type SrtpSenderSnapshot } from './srtp/srtp-sender.ts';
export { setThreadPriority } from './thread-priority.ts';
export type { MediaClockSeat, MediaClockStats, Ticker } from './tick-schedule.ts';
