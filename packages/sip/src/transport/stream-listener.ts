import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Listens for streams; who may not connect is turned away before a byte is read. */
export class StreamListener {
  readonly #server: Server;

  constructor(refuses: (source: string) => boolean, accepted: (socket: Socket) => void) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      if (refuses(socket.remoteAddress ?? '')) socket.destroy();
      else accepted(socket);
    });
  }

  /** The port it listens on. Rejects when address or port cannot be had. */
  async listen(host: string, port: number): Promise<number> {
    const listening = once(this.#server, 'listening');
    this.#server.listen({ host, port });
    await listening;
    // Running out of file descriptors must not end the process.
    this.#server.on('error', () => {});
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Resolves when every connection it took is closed. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
