import type { Clock, RunningTimer } from '../clock.ts';
import { TableMachine } from '../transition-table.ts';
import type { Flow } from '../transport/flow.ts';
import { RegisterExchange, type RegisterOutcome, type RegisterWire } from './register-exchange.ts';
import {
  type RegistrationAction,
  type RegistrationEvent,
  type RegistrationState,
  registrationTable,
} from './registration-table.ts';
import type {
  Registration,
  RegistrationError,
  RegistrationGrant,
  RegistrationOptions,
  RegistrationSnapshot,
  RegistrationStatus,
} from './registration-types.ts';
import { refreshDelayMs, retryDelayMs, slowRetryDelayMs } from './retry-delays.ts';

/** What a registration needs of the endpoint. */
export interface RegistrationWire extends RegisterWire {
  readonly clock: Clock;
  /** From 0 to below 1. */
  random(): number;
  /** Both return how to stop. */
  onFlowLost(flow: Flow, lost: () => void): () => void;
  keepAlive(flow: Flow): () => void;
}

/** Keeps one registration alive at a registrar (RFC 3261 10.2, RFC 5626 4.2 to 4.5). */
export class RegistrationClient implements Registration {
  readonly #wire: RegistrationWire;
  readonly #options: RegistrationOptions;
  readonly #exchange: RegisterExchange;
  readonly #machine: TableMachine<RegistrationState, RegistrationEvent, RegistrationAction>;
  readonly #stopped = Promise.withResolvers<void>();
  #failures: number;
  #grant: RegistrationGrant | undefined;
  #lastError: RegistrationError | undefined;
  #retryAfterMs = 0;
  #sinceMs: number;
  #nextTryAtMs: number | undefined;
  /** The last REGISTER followed the address we are seen at; a NAT that moves us each time must not make us loop. */
  #hasFollowedNat = false;
  #retryTimer: RunningTimer | undefined;
  #expiryTimer: RunningTimer | undefined;
  #stopWatching: (() => void) | undefined;

  /** @throws SipParseError when an address of the options is none. */
  constructor(wire: RegistrationWire, options: RegistrationOptions) {
    this.#wire = wire;
    this.#options = options;
    this.#exchange = new RegisterExchange(wire, options, (outcome) => this.#receive(outcome));
    this.#failures = options.snapshot?.failures ?? 0;
    this.#sinceMs = wire.clock.nowMs();
    this.#machine = new TableMachine<RegistrationState, RegistrationEvent, RegistrationAction>(
      registrationTable,
      'idle',
      this.#actions(),
    );
    this.#restoreGrant(options.snapshot?.grant);
  }

  get owner(): string {
    return this.#options.owner;
  }

  get token(): string {
    return this.#exchange.token;
  }

  get status(): RegistrationStatus {
    const flow = this.#exchange.path?.flow ?? this.#grant?.flow;
    const { seenAs } = this.#exchange;
    return {
      state: this.#machine.state,
      sinceMs: this.#sinceMs,
      ...(this.#grant ? { expiresAtMs: this.#grant.expiresAtMs } : {}),
      ...(this.#lastError ? { lastError: this.#lastError } : {}),
      ...(this.#nextTryAtMs === undefined ? {} : { nextTryAtMs: this.#nextTryAtMs }),
      ...(flow ? { registrar: { transport: flow.transport, address: flow.remoteAddress, port: flow.remotePort } } : {}),
      ...(seenAs ? { seenAs } : {}),
    };
  }

  start(): void {
    this.#machine.fire(this.#grant ? 'resume' : 'start');
  }

  stop(): Promise<void> {
    this.#machine.fire('stop');
    return this.#stopped.promise;
  }

  /** The endpoint is gone: over at once, without a word. */
  abandon(): void {
    this.#exchange.silence();
    this.#stopTimers();
    this.#dropGrant();
    this.#stopped.resolve();
  }

  /** Whether the registration lives at this address. */
  isAt(address: string): boolean {
    return this.#grant?.flow.remoteAddress === address;
  }

  /** Whether this flow is the one the registration lives on. */
  covers(flow: Flow): boolean {
    const granted = this.#grant?.flow;
    if (granted?.transport !== flow.transport || granted.remoteAddress !== flow.remoteAddress) return false;
    return granted.connection === flow.connection;
  }

  snapshot(): RegistrationSnapshot {
    const { token, callId, fromTag, sequence, digest } = this.#exchange;
    const grant = this.#grant ? { grant: this.#grant } : {};
    return { token, callId, fromTag, sequence, ...grant, digest: digest?.snapshot() ?? [], failures: this.#failures };
  }

  /** A connection ended with its process; a UDP flow is as good as before. */
  #restoreGrant(grant: RegistrationGrant | undefined): void {
    if (grant?.flow.transport !== 'udp' || grant.expiresAtMs <= this.#wire.clock.nowMs()) return;
    this.#grant = grant;
    this.#exchange.registered = grant.contact;
    this.#planExpiry(grant.expiresAtMs);
  }

  #actions(): Record<RegistrationAction, () => void> {
    return {
      locate: () => void this.#exchange.locate(),
      send: () => this.#exchange.send(),
      sendNext: () => void this.#exchange.sendNext(),
      sendFarewell: () => this.#exchange.sendFarewell(),
      dropGrant: () => this.#dropGrant(),
      planRefresh: () => {
        const leftMs = (this.#grant?.expiresAtMs ?? 0) - this.#wire.clock.nowMs();
        this.#plan(refreshDelayMs(leftMs, this.#wire.random()));
      },
      planRetry: () => {
        this.#failures++;
        this.#plan(retryDelayMs(this.#failures, this.#retryAfterMs, this.#wire.random()));
      },
      planSlowRetry: () => this.#plan(slowRetryDelayMs(this.#retryAfterMs, this.#wire.random())),
      stopTimers: () => this.#stopTimers(),
      report: () => this.#report(),
      finish: () => {
        this.abandon();
        this.#report();
      },
    };
  }

  #receive(outcome: RegisterOutcome): void {
    if ('error' in outcome) {
      this.#lastError = outcome.error;
      this.#retryAfterMs = outcome.retryAfterMs;
    }
    if (outcome.event !== 'accepted') {
      this.#machine.fire(outcome.event);
      return;
    }
    if (outcome.grantedSeconds > 0) this.#takeGrant(outcome);
    this.#machine.fire('accepted');
    const follows = outcome.contact !== this.#exchange.contact && !this.#hasFollowedNat;
    this.#hasFollowedNat = follows;
    if (follows) this.#machine.fire('again');
  }

  #takeGrant({ path: { flow }, contact, grantedSeconds }: Extract<RegisterOutcome, { event: 'accepted' }>): void {
    this.#lastError = undefined;
    this.#failures = 0;
    this.#grant = { expiresAtMs: this.#wire.clock.nowMs() + 1000 * grantedSeconds, flow, contact };
    this.#exchange.registered = contact;
    this.#planExpiry(this.#grant.expiresAtMs);
    this.#stopWatching?.();
    const stops = [this.#wire.onFlowLost(flow, () => this.#machine.fire('flowLost')), this.#wire.keepAlive(flow)];
    this.#stopWatching = () => {
      for (const stop of stops) stop();
    };
  }

  #dropGrant(): void {
    this.#grant = undefined;
    this.#exchange.registered = undefined;
    this.#expiryTimer?.cancel();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #plan(delayMs: number): void {
    const { clock } = this.#wire;
    this.#retryTimer?.cancel();
    this.#nextTryAtMs = clock.nowMs() + delayMs;
    this.#retryTimer = clock.start(delayMs, () => {
      this.#nextTryAtMs = undefined;
      this.#exchange.begin();
      this.#machine.fire('timer');
    });
  }

  #planExpiry(atMs: number): void {
    const { clock } = this.#wire;
    this.#expiryTimer?.cancel();
    this.#expiryTimer = clock.start(atMs - clock.nowMs(), () => this.#machine.fire('expired'));
  }

  #stopTimers(): void {
    this.#retryTimer?.cancel();
    this.#expiryTimer?.cancel();
    this.#nextTryAtMs = undefined;
  }

  #report(): void {
    this.#sinceMs = this.#wire.clock.nowMs();
    try {
      this.#options.onChange?.(this.status);
    } catch {
      // Who watches must not disturb the registration.
    }
  }
}
