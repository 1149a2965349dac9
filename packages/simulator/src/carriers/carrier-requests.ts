import type { SipResponse } from '@dialplane/sip';
import { newBranch, type RequestText, requestText } from './carrier-message.ts';
import type { CarrierLine } from './carrier-wire.ts';

/** On the same machine an answer that takes longer does not come. */
const PATIENCE_MS = 8_000;

export type SentRequestText = Omit<RequestText, 'branch' | 'sentBy'>;

interface Pending {
  readonly final: (response: SipResponse) => void;
  readonly provisional: (response: SipResponse) => void;
}

/** Requests of the carrier and the responses they wait for. Nothing is sent twice: the other side is on the same machine. */
export class CarrierRequests {
  readonly #hostPort: (line: CarrierLine) => string;
  readonly #pending = new Map<string, Pending>();

  constructor(hostPort: (line: CarrierLine) => string) {
    this.#hostPort = hostPort;
  }

  /** Resolves with the final response; one of 300 and more to an INVITE is acknowledged already. Rejects when none comes. */
  async send(
    line: CarrierLine,
    request: SentRequestText,
    provisional: (response: SipResponse) => void = () => undefined,
    branch = newBranch(),
  ): Promise<SipResponse> {
    const key = `${branch} ${request.method}`;
    const { promise, resolve, reject } = Promise.withResolvers<SipResponse>();
    const timer = setTimeout(() => reject(new Error(`${request.method} was not answered.`)), PATIENCE_MS);
    this.#pending.set(key, { final: resolve, provisional });
    this.#write(line, request, branch);
    try {
      const response = await promise;
      if (request.method === 'INVITE' && response.status >= 300) {
        const { body: _, headers: __, ...rest } = request;
        this.#write(line, { ...rest, method: 'ACK', to: response.headers.get('To') ?? request.to }, branch);
      }
      return response;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(key);
    }
  }

  /** For ACK of a 2xx, which has no response. */
  sendAck(line: CarrierLine, request: SentRequestText): void {
    this.#write(line, request, newBranch());
  }

  receive(response: SipResponse): void {
    const waiting = this.#pending.get(`${response.via.parameters.get('branch')} ${response.cseq.method}`);
    if (!waiting) return;
    if (response.status < 200) waiting.provisional(response);
    else waiting.final(response);
  }

  #write(line: CarrierLine, request: SentRequestText, branch: string): void {
    const sentBy = { transport: line.transport, hostPort: this.#hostPort(line) };
    line.send(requestText({ ...request, branch, sentBy }));
  }
}
