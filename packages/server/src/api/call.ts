import { type EndingReason, endings } from '@dialplane/calls';
import { z } from 'zod';
import { type Call, callDirections, callStates } from '../calls/calls.ts';
import { eventDataOnWire } from '../event-data.ts';
import { recordingOnWire, recordingSchema } from './recording.ts';
import { region } from './sip-fields.ts';

const ending = z.object({
  reason: z.string(),
  by: z.string(),
  /** Whose doing it was: ours, theirs, upstream or unknown. */
  class: z.string(),
  sip_code: z.int().nullable(),
  q850_cause: z.int(),
  /** For people: what happened and what to do. */
  sentence: z.string(),
  page: z.string(),
});

const address = z.object({ address: z.string(), port: z.int() });

const media = z.object({
  verdict: z.string(),
  /** For people: what came and went, and where to look when nothing did. */
  sentence: z.string(),
  /** Packets. */
  sent: z.int(),
  received: z.int(),
  lost: z.int(),
  jitter_ms: z.number(),
  /** Where the other side was told to send to. */
  local: address.nullable().default(null),
  /** What the other side named. */
  remote: address.nullable().default(null),
  /** Where we send to: differs from `remote` when their sound came from elsewhere. */
  target: address.nullable().default(null),
});

const quality = z.object({
  at_ms: z.number(),
  /** Packets in these five seconds. */
  sent: z.int(),
  received: z.int(),
  lost: z.int(),
  loss_percent: z.number(),
  jitter_ms: z.number(),
  /** What the other side says about our sound; null where it says nothing. */
  their_loss_percent: z.number().nullable(),
  their_jitter_ms: z.number().nullable(),
  round_trip_ms: z.number().nullable(),
});

/** A call as the API answers with it. */
export const callSchema = z.object({
  id: z.string(),
  session_id: z.string(),
  agent_id: z.string().nullable(),
  /** The inbound or outbound trunk it came or went by. */
  trunk_id: z.string().nullable(),
  contact_id: z.string().nullable(),
  direction: z.enum(callDirections),
  state: z.enum(callStates),
  /** Null when withheld. */
  caller: z.string().nullable(),
  called: z.string(),
  /** Which of our addresses the call came through. */
  region,
  sip_call_id: z.string(),
  created_at: z.string(),
  answered_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  /** INVITE to answer, milliseconds. */
  ring_ms: z.number().nullable(),
  /** Answer to end, milliseconds. */
  talk_ms: z.number().nullable(),
  codec: z.string().nullable(),
  ending: ending.nullable(),
  /** The latest verdict on the sound: at the end, and before it when sound was missing. */
  media: media.nullable(),
  /** Null when the call was not recorded. */
  recording: recordingSchema.nullable(),
  /** The latest five seconds that were measured. */
  quality: quality.nullable(),
  /** Why this agent got the call, step by step. */
  routing: z.array(z.record(z.string(), z.unknown())),
});

export function callOnWire(call: Call): z.output<typeof callSchema> {
  const { startedAt, answeredAtMs, endedAtMs } = call;
  const moment = (atMs: number | null) =>
    atMs === null ? null : new Date(startedAt.getTime() + Math.round(atMs)).toISOString();
  return {
    id: call.id,
    session_id: call.sessionId,
    agent_id: call.agentId,
    trunk_id: call.trunkId ?? call.outboundTrunkId,
    contact_id: call.contactId,
    direction: call.direction,
    state: call.state,
    caller: call.caller,
    called: call.called,
    region: call.region,
    sip_call_id: call.sipCallId,
    created_at: startedAt.toISOString(),
    answered_at: moment(answeredAtMs),
    ended_at: moment(endedAtMs),
    ring_ms: answeredAtMs,
    talk_ms: answeredAtMs === null || endedAtMs === null ? null : endedAtMs - answeredAtMs,
    codec: typeof call.answered?.codec === 'string' ? call.answered.codec : null,
    ending: endingOnWire(call),
    media: media
      .nullable()
      .catch(null)
      .parse(call.mediaVerdict ? eventDataOnWire(call.mediaVerdict) : null),
    quality: quality
      .nullable()
      .catch(null)
      .parse(call.quality ? eventDataOnWire(call.quality) : null),
    recording: recordingOnWire(call),
    routing: z.array(z.record(z.string(), z.unknown())).catch([]).parse(call.routed?.steps),
  };
}

const endedEvent = z.object({ q850Cause: z.int(), sentence: z.string() });

function endingOnWire({ ending: reason, sipCode, ended }: Call): z.output<typeof ending> | null {
  if (reason === null || !isEndingReason(reason)) return null;
  const { by, class: whose } = endings[reason];
  // A carrier's own words, where there are some, are in the record.
  const { q850Cause, sentence } = endedEvent.catch(endings[reason]).parse(ended);
  return {
    reason,
    by,
    class: whose,
    sip_code: sipCode,
    q850_cause: q850Cause,
    sentence,
    page: `/docs/endings#${reason}`,
  };
}

const isEndingReason = (reason: string): reason is EndingReason => Object.hasOwn(endings, reason);
