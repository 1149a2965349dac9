/** A call from INVITE to its last event. */

export { type CallService, type CallServiceOptions, createCallService, type Logger } from './call-service.ts';
export type { AgentProfile, CallDirectory, CallOpening, CallTrunk, OpenedCall } from './directory.ts';
export { type EndedBy, type Ending, type EndingClass, type EndingReason, endings } from './endings.ts';
export type { CallEvent, CallEventKind, RouteStep } from './events.ts';
export type { CallEngines } from './media-thread/media-pool.ts';
export { type NormalisedNumber, normaliseNumber } from './numbers.ts';
export { type RoutableAgent, type Route, routeCall } from './routing.ts';
