import { readCallLatency, type TurnLatency } from '../../../calls/call-latency.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { getPhoneCallLatencySchema } from './schema.ts';

/** GET /phone/calls/{call_id}/latency: where the time of each answer went. */
export function getPhoneCallLatency(api: Api, { store }: Services): void {
  const options = { schema: getPhoneCallLatencySchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/calls/:call_id/latency', options, async (request) => {
    const { id } = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const { setUp, turns, earToEar } = await readCallLatency(store.db, id);
    return {
      id,
      set_up: { ringing_ms: setUp.ringingMs, answered_ms: setUp.answeredMs, greeting_ms: setUp.greetingMs },
      turns: turns.map(turnOnWire),
      ear_to_ear: earToEar && { p50_ms: earToEar.p50Ms, p95_ms: earToEar.p95Ms, max_ms: earToEar.maxMs },
    };
  });
}

function turnOnWire(turn: TurnLatency) {
  return {
    at_ms: turn.atMs,
    text: turn.text,
    endpointing_ms: turn.endpointingMs,
    recogniser_ms: turn.recogniserMs,
    model_ms: turn.modelMs,
    synthesis_ms: turn.synthesisMs,
    pacing_ms: turn.pacingMs,
    ear_to_ear_ms: turn.earToEarMs,
  };
}
