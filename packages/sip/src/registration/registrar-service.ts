import type { RunningTimer } from '../clock.ts';
import type { Arrival } from '../endpoint/admission.ts';
import type { Sender } from '../endpoint/authenticator.ts';
import type { RefusalCode } from '../endpoint/refusal-codes.ts';
import { respond, type Signalling } from '../endpoint/signalling.ts';
import { type Binding, writeBinding } from './binding.ts';
import { type RegisterVerdict, Registrar, type RegistrarOptions } from './registrar.ts';

/** Who registered, for whoever calls them. */
export interface RegisteredUsers {
  /** Ways to reach an owner, the preferred first. */
  find(owner: string): readonly Binding[];
  /** What has to outlive this process. */
  snapshot(): readonly Binding[];
  /** Takes over what another process knew. */
  restore(snapshot: readonly Binding[]): void;
}

/** A binding that has expired is not found any more in any case; its owner is told within this time. */
const SWEEP_MS = 5_000;

/** Option tags a REGISTER may insist on (RFC 3327, RFC 5626). */
export const REGISTRAR_EXTENSIONS = ['path', 'outbound'];

export interface RegistrarServiceOptions {
  readonly signalling: Signalling;
  readonly registrar: RegistrarOptions;
  refuse(arrival: Arrival, code: RefusalCode, reason: string): void;
}

function keyOf({ owner, addressOfRecord, contact }: Binding): string {
  return `${owner}\n${addressOfRecord}\n${contact}`;
}

function tell(handler: () => void): void {
  try {
    handler();
  } catch {
    // Who watches must not disturb the registration.
  }
}

/** Answers REGISTER (RFC 3261 10.3) and keeps the paths to what has registered open. */
export class RegistrarService implements RegisteredUsers {
  readonly #options: RegistrarServiceOptions;
  readonly #registrar: Registrar;
  /** How to stop keeping the path to a binding open. */
  readonly #kept = new Map<string, () => void>();
  #sweeping: RunningTimer | undefined;
  #isClosed = false;

  constructor(options: RegistrarServiceOptions) {
    this.#options = options;
    this.#registrar = new Registrar({
      ...options.registrar,
      registered: (binding, kind) => {
        this.#keepOpen(binding);
        tell(() => options.registrar.registered?.(binding, kind));
      },
      unregistered: (binding, reason) => {
        this.#letClose(binding);
        tell(() => options.registrar.unregistered?.(binding, reason));
      },
    });
  }

  handle(arrival: Arrival, sender: Sender): void {
    const { request, source } = arrival;
    const nowMs = this.#options.signalling.clock.nowMs();
    const { owner, username } = sender;
    const name = username === undefined ? {} : { username };
    const verdict = this.#registrar.register({ request, source, owner, ...name }, nowMs);
    if (verdict.kind === 'done') this.#accept(arrival, verdict, nowMs);
    else if (verdict.kind === 'too-brief') {
      this.#answer(arrival, 423, { 'Min-Expires': String(verdict.minExpiresSeconds) });
    } else if (verdict.kind === 'too-many') {
      const reason = `${verdict.limit} contacts are registered already`;
      this.#options.refuse(arrival, 'too_many_bindings', reason);
    } else {
      const reason = 'a later REGISTER with this Call-ID was answered before';
      this.#options.refuse(arrival, 'registration_out_of_order', reason);
    }
    this.#sweepLater();
  }

  find(owner: string): readonly Binding[] {
    return this.#registrar.find(owner, this.#options.signalling.clock.nowMs());
  }

  snapshot(): readonly Binding[] {
    return this.#registrar.snapshot();
  }

  restore(snapshot: readonly Binding[]): void {
    this.#registrar.restore(snapshot);
    for (const binding of this.#registrar.snapshot()) this.#keepOpen(binding);
    this.#sweepLater();
  }

  close(): void {
    this.#isClosed = true;
    this.#sweeping?.cancel();
    for (const stop of this.#kept.values()) stop();
    this.#kept.clear();
  }

  #accept(arrival: Arrival, verdict: Extract<RegisterVerdict, { kind: 'done' }>, nowMs: number): void {
    const { request } = arrival;
    const path = request.headers.list('Path');
    this.#answer(arrival, 200, {
      Contact: verdict.bindings.map((binding) => writeBinding(binding, nowMs)),
      Date: new Date(nowMs).toUTCString(),
      ...(path.length === 0 ? {} : { Path: path }),
      // RFC 5626 6: says that the flow itself was registered.
      ...(verdict.usesOutbound ? { Require: 'outbound' } : {}),
    });
  }

  #answer(arrival: Arrival, status: number, headers: Readonly<Record<string, string | readonly string[]>>): void {
    const { request, transaction, localTag } = arrival;
    const { signalling } = this.#options;
    const supported = { Supported: REGISTRAR_EXTENSIONS.join(', ') };
    respond(signalling, request, transaction, status, { toTag: localTag, headers: { ...headers, ...supported } });
  }

  /** A NAT in front of a PBX forgets it within a minute, and an idle connection would be closed. */
  #keepOpen(binding: Binding): void {
    this.#letClose(binding);
    const { transports } = this.#options.signalling;
    const { flow } = binding;
    const { connection } = flow;
    const stopKeeping = transports.keepAlive(flow);
    const stopWatching = transports.onFlowLost(flow, () => {
      if (connection !== undefined) this.#registrar.flowLost(connection);
    });
    this.#kept.set(keyOf(binding), () => {
      stopKeeping();
      stopWatching();
    });
  }

  #letClose(binding: Binding): void {
    const key = keyOf(binding);
    this.#kept.get(key)?.();
    this.#kept.delete(key);
  }

  #sweepLater(): void {
    if (this.#isClosed || this.#sweeping || this.#registrar.size === 0) return;
    const { clock } = this.#options.signalling;
    this.#sweeping = clock.start(SWEEP_MS, () => {
      this.#sweeping = undefined;
      this.#registrar.sweep(clock.nowMs());
      this.#sweepLater();
    });
  }
}
