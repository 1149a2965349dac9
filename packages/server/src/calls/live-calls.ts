/** What the API does to a call in progress. */
import type { CallService, LiveCall } from '@dialplane/calls';
import type { Recording } from '../recordings/recording-rows.ts';
import { Refusal } from '../refusal.ts';
import type { Call } from './calls.ts';

type LiveCalls = Pick<CallService, 'find'>;

/** A call over a dead network is ended without the other side; what takes longer than this goes on by itself. */
const endedWithinMs = 3000;

/**
 * Hangs up, or turns the caller away while it rings; resolves when the record is complete.
 * @throws {Refusal} `call_ended`, `call_not_here`.
 */
export async function hangUpCall(live: LiveCalls, call: Call): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const limit = setTimeout(ended.resolve, endedWithinMs);
  await Promise.race([controlOf(live, call).hangUp(), ended.promise]);
  clearTimeout(limit);
}

/**
 * @param digits keys, with `w` for half a second's pause.
 * @throws {Refusal} `call_ended`, `call_not_here`, `call_not_answered`, `digits_not_agreed`.
 */
export function pressDigits(live: LiveCalls, call: Call, digits: string): void {
  const outcome = controlOf(live, call).pressDigits(digits);
  if (outcome === 'not_answered') throw notAnswered();
  if (outcome === 'digits_not_agreed') {
    throw new Refusal(
      'digits_not_agreed',
      'The other side did not agree to telephone events (RFC 4733). Switch them on there: DTMF mode RFC 2833.',
    );
  }
}

/** @throws {Refusal} `call_ended`, `call_not_here`, `call_not_answered`. */
export function sayInCall(live: LiveCalls, call: Call, text: string): void {
  if (controlOf(live, call).say(text) === 'not_answered') throw notAnswered();
}

/**
 * Puts silence into the recording until it is resumed.
 * @throws {Refusal} `call_ended`, `call_not_here`, `recording_not_running`.
 */
export function pauseRecording(live: LiveCalls, call: Call, recording: Recording): void {
  if (recorderOf(live, call, recording).pauseRecording() === 'not_recorded') throw notRunning();
}

/** @throws {Refusal} as `pauseRecording` does. */
export function resumeRecording(live: LiveCalls, call: Call, recording: Recording): void {
  if (recorderOf(live, call, recording).resumeRecording() === 'not_recorded') throw notRunning();
}

function recorderOf(live: LiveCalls, call: Call, { state }: Recording): LiveCall {
  const control = controlOf(live, call);
  if (state !== 'recording' && state !== 'paused') throw notRunning();
  return control;
}

function controlOf(live: LiveCalls, call: Call): LiveCall {
  if (call.state === 'ended') {
    throw new Refusal('call_ended', 'The call has ended. Its ending is in GET /phone/calls/{id}.');
  }
  const control = live.find(call.id);
  if (!control) {
    throw new Refusal('call_not_here', 'The call is being set up or taken down at this moment. Try again.');
  }
  return control;
}

const notRunning = () =>
  new Refusal('recording_not_running', 'The call is not being recorded any more. Its events say why.');

const notAnswered = () =>
  new Refusal('call_not_answered', 'The call still rings. Wait until its state is answered, or hang up.');
