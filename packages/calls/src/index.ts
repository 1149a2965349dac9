/** A call from INVITE to its last event. */

export { type CallService, type CallServiceOptions, createCallService, type Logger } from './call-service.ts';
export { DialRefused } from './dial-refused.ts';
export type {
  AgentProfile,
  CallDirectory,
  CallOpening,
  CallTrunk,
  NotedRefusal,
  OpenedCall,
  OutgoingCallOpening,
  TrunkSighting,
} from './directory.ts';
export { type EndedBy, type Ending, type EndingClass, type EndingReason, endings } from './endings.ts';
export type { CallEvent, CallEventKind, RouteStep } from './events.ts';
export type { LiveCall } from './live-call.ts';
export type { Announcement } from './media-thread/announcement.ts';
export type { CallEngines } from './media-thread/media-pool.ts';
export { type NormalisedNumber, normaliseNumber, possibleNumbers } from './numbers.ts';
export type { OutgoingCallPlan } from './outgoing-call-plan.ts';
export { type NumberPolicy, readNumberPolicy } from './outgoing-number.ts';
export type { OutgoingTrunk } from './outgoing-trunk.ts';
export { type CallParties, type DialledNumber, dialledNumber, possiblyDialled } from './parties.ts';
export { CallRecording } from './recording/call-recording.ts';
export { recoverRecording } from './recording/finish-recording.ts';
export { peaksPerSecond } from './recording/peak-meter.ts';
export type { FinishedRecording, RecordingFormat, RecordingPlan, RecordingSeal } from './recording/plan.ts';
export { type Recorder, startRecorder } from './recording/recorder.ts';
export { RecorderPort } from './recording/recorder-port.ts';
export { peaksId } from './recording/recording-file.ts';
export type { RecordingStore } from './recording/recording-store.ts';
export { contentBytes, readSealed, SealedFileError, sealedHeadBytes, sealedKeyIn } from './recording/sealed-layout.ts';
export { type RoutedInvite, routeInvite } from './route-invite.ts';
export { isOurs, type RoutableAgent, type Route, type RoutingTable, routeCall } from './routing.ts';
export type { TracedMessage } from './sip-traces.ts';
