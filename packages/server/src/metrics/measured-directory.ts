import type { CallDirectory, CallEvent, OpenedCall } from '@dialplane/calls';
import type { Metrics } from './metrics.ts';

/** The directory calls are written down in, counting what passes through: once, after it was stored. */
export function measuredDirectory(directory: CallDirectory, metrics: Metrics): CallDirectory {
  /** Those that we make: how long they ring is the other side's doing. */
  const outgoing = new WeakSet<OpenedCall>();
  return {
    ...directory,
    async openCall(opening) {
      const call = await directory.openCall(opening);
      metrics.callsActive.inc();
      for (const event of opening.events) count(metrics, event);
      return call;
    },
    async openOutgoingCall(opening) {
      const call = await directory.openOutgoingCall(opening);
      metrics.callsActive.inc();
      outgoing.add(call);
      return call;
    },
    async appendEvents(call, events) {
      await directory.appendEvents(call, events);
      for (const event of events) if (event.kind !== 'answered' || !outgoing.has(call)) count(metrics, event);
    },
    noteRefusal(refusal) {
      metrics.sipRefusals.inc({ status: refusal.status, code: refusal.code });
      directory.noteRefusal(refusal);
    },
  };
}

function count(metrics: Metrics, event: CallEvent): void {
  if (event.kind === 'answered') metrics.answerDelay.observe(event.atMs / 1000);
  else if (event.kind === 'provider_failed') metrics.providerErrors.inc({ stage: event.stage, code: event.code });
  else if (event.kind === 'ended') {
    metrics.callsActive.dec();
    metrics.callsEnded.inc({ ending: event.reason, class: event.class });
  } else if (event.kind === 'agent_spoke' && event.timing) {
    const { endpointingMs, recogniserMs, modelMs, synthesisMs, pacingMs, earToEarMs } = event.timing;
    const stages = {
      endpointing: endpointingMs,
      recogniser: recogniserMs,
      model: modelMs,
      synthesis: synthesisMs,
      pacing: pacingMs,
      ear_to_ear: earToEarMs,
    };
    for (const [stage, ms] of Object.entries(stages)) metrics.turnLatency.observe({ stage }, ms / 1000);
  }
}
