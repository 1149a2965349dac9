import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { TransportCounters } from '@dialplane/sip';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Finer than the 20 ms of a packet's clock, which a slow event loop would disturb first. */
const loopResolutionMs = 10;
const nanosecondsPerSecond = 1e9;

/** The figures of the whole process, as Prometheus reads them. */
export interface Metrics {
  readonly callsActive: Gauge;
  readonly callsEnded: Counter<'ending' | 'class'>;
  readonly sipRefusals: Counter<'status' | 'code'>;
  readonly answerDelay: Histogram;
  readonly turnLatency: Histogram<'stage'>;
  readonly providerErrors: Counter<'stage' | 'code'>;
  readonly httpDuration: Histogram<'method' | 'route' | 'status'>;
  /** @param all asked whenever the figures are. */
  watchRegistrations(all: () => ReadonlyMap<string, { readonly state: string }>): void;
  /** @param counters asked whenever the figures are. */
  watchSipTransports(counters: () => TransportCounters): void;
  readonly contentType: string;
  /** In the text exposition format. */
  expose(): Promise<string>;
  /** Stops watching the event loop. Idempotent. */
  close(): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const loop = monitorEventLoopDelay({ resolution: loopResolutionMs });
  loop.enable();
  watchProcess(registry, loop);
  return {
    callsActive: new Gauge({ name: 'dialplane_calls_active', help: 'Calls that have not ended.', registers }),
    callsEnded: new Counter({
      name: 'dialplane_calls_ended_total',
      help: 'Calls by how they ended.',
      labelNames: ['ending', 'class'],
      registers,
    }),
    sipRefusals: new Counter({
      name: 'dialplane_sip_refusals_total',
      help: 'SIP requests answered with 300 or more, by status and reason.',
      labelNames: ['status', 'code'],
      registers,
    }),
    answerDelay: new Histogram({
      name: 'dialplane_answer_delay_seconds',
      help: 'INVITE received to 200 sent.',
      // The greeting may have to be spoken first: from at once to half a minute.
      buckets: [0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10, 30],
      registers,
    }),
    turnLatency: new Histogram({
      name: 'dialplane_turn_latency_seconds',
      help: 'Where the time of an answer went: each stage, and ear_to_ear for the whole.',
      labelNames: ['stage'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10],
      registers,
    }),
    providerErrors: new Counter({
      name: 'dialplane_provider_errors_total',
      help: 'Failures of recognisers, models and synthesisers in calls.',
      labelNames: ['stage', 'code'],
      registers,
    }),
    httpDuration: new Histogram({
      name: 'dialplane_http_request_duration_seconds',
      help: 'Request received to answer sent, by route pattern.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    watchRegistrations(all) {
      new Gauge({
        name: 'dialplane_trunk_registrations',
        help: 'Outbound trunks that register with their carrier, by state.',
        labelNames: ['state'],
        registers,
        collect() {
          this.reset();
          for (const { state } of all().values()) this.inc({ state });
        },
      });
    },
    watchSipTransports: (counters) => watchSipTransports(registry, counters),
    contentType: registry.contentType,
    expose: () => registry.metrics(),
    close: () => loop.disable(),
  };
}

function watchSipTransports(registry: Registry, counters: () => TransportCounters): void {
  new Gauge({
    name: 'dialplane_sip_connections',
    help: 'SIP connections over TCP and TLS that are open.',
    registers: [registry],
    collect() {
      this.set(counters().connections.open);
    },
  });
  new Counter({
    name: 'dialplane_sip_transport_events_total',
    help: 'What happened on the SIP sockets: what was refused, closed or given up, and requests too large for UDP.',
    labelNames: ['event'],
    registers: [registry],
    collect() {
      const { connections, refusedHandshakes, largeRequests, largeRequestsOverUdp } = counters();
      this.reset();
      this.inc({ event: 'connection_refused' }, connections.refused);
      this.inc({ event: 'idle_connection_closed' }, connections.closedIdle);
      this.inc({ event: 'ping_unanswered' }, connections.failedPings);
      this.inc({ event: 'tls_handshake_refused' }, refusedHandshakes);
      this.inc({ event: 'large_request' }, largeRequests);
      this.inc({ event: 'large_request_over_udp' }, largeRequestsOverUdp);
    },
  });
}

/** Read when asked for, over the time since it was asked for last. */
function watchProcess(registry: Registry, loop: IntervalHistogram): void {
  new Gauge({
    name: 'dialplane_event_loop_delay_seconds',
    help: 'How late the event loop of the main thread was, since the last reading.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      // Without a sample since the last reading the histogram has no figures.
      const delay = (percentile: number) =>
        loop.count === 0
          ? 0
          : Math.max(0, loop.percentile(percentile) / nanosecondsPerSecond - loopResolutionMs / 1000);
      for (const quantile of [0.5, 0.99, 1]) this.set({ quantile }, delay(quantile * 100));
      loop.reset();
    },
  });
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process in RAM.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'Unix time the process started at.',
    registers: [registry],
  }).set(Math.round(performance.timeOrigin / 1000));
}
