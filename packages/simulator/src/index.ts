/** Simulated callers and carriers over real sockets: for tests, benchmarks and people who want to try their agent. */

export type { CallerEvent, CallOptions } from './call-options.ts';
export type { CallEnding, CallPackets, CallReport, CallSetup, CallTurn } from './call-report.ts';
export { placeCall } from './caller.ts';
export { type CallerLine, UnreadableRecording } from './caller-lines.ts';
export { carrierBehaviours } from './carriers/behaviours.ts';
export { type CarrierOptions, type SimulatedCarrier, startCarrier } from './carriers/carrier.ts';
export type { CarrierBehaviour, RuleAnswer } from './carriers/carrier-behaviour.ts';
export type { CarrierCallAttempt, CarrierCallOptions, CarrierServer } from './carriers/carrier-caller.ts';
export type { CarrierCall, CarrierCallEnd } from './carriers/carrier-dialog.ts';
export type { DigestAlgorithm } from './carriers/carrier-digest.ts';
export type { CarrierVerdict } from './carriers/carrier-judgement.ts';
export type { CarrierMedia } from './carriers/carrier-media.ts';
export type { CarrierAccount, CarrierRule } from './carriers/carrier-rules.ts';
export type { CarrierReaction } from './carriers/carrier-switch.ts';
export { createLineNoise, type LineNoiseOptions, type NoiseKind, noiseKinds } from './line-noise.ts';
export type { HistoryAccess } from './session-history.ts';
