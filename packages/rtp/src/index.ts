export { createMediaClock, type MediaClock, type MediaClockOptions } from './clock.ts';
export { type DatagramKind, datagramKind } from './datagram-kind.ts';
export { createDigitReceiver, type DigitReceiver } from './digit-receiver.ts';
export { createDigitSender, type DigitSender } from './digit-sender.ts';
export {
  openRtpLeg,
  type RtpLeg,
  type RtpLegAgreement,
  type RtpLegHandlers,
  type RtpLegOptions,
  type RtpLegSnapshot,
} from './leg.ts';
export type { RtpLegStatistics } from './leg-statistics.ts';
export { createRtpHeader, RTP_HEADER_BYTES, type RtpHeader, readRtpHeader, writeRtpHeader } from './packet.ts';
export { createPortPool, type PooledSocket, type PortPool, type PortPoolOptions } from './port-pool.ts';
export { type PortRange, slicePortRange } from './port-range.ts';
export { PortRangeExhausted, RtpError } from './rtp-error.ts';
export { sharedNowMs } from './shared-clock.ts';
export type { MediaAddress, SourceLatchSnapshot } from './source-latch.ts';
export type { MediaClockSeat, MediaClockStats, Ticker } from './tick-schedule.ts';
