/** Simulated callers over real sockets: for tests, benchmarks and people who want to try their agent. */

export type { CallerEvent, CallOptions } from './call-options.ts';
export type { CallEnding, CallPackets, CallReport, CallSetup, CallTurn } from './call-report.ts';
export { placeCall } from './caller.ts';
export { type CallerLine, UnreadableRecording } from './caller-lines.ts';
export { createLineNoise, type LineNoiseOptions, type NoiseKind, noiseKinds } from './line-noise.ts';
export type { HistoryAccess } from './session-history.ts';
