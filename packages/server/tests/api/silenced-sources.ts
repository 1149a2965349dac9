import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createSipEndpoint, type SipEndpoint } from '@dialplane/sip';
import type { TestServer } from '../test-server.ts';

/** A SIP endpoint under the server's control that has silenced these loopback addresses: each sent it a scanner's probe. */
export async function silence(server: TestServer, sources: readonly string[]): Promise<SipEndpoint> {
  const endpoint = await createSipEndpoint({
    host: '127.0.0.1',
    port: 0,
    userAgent: 'test',
    guard: { watchesPrivate: true },
  });
  server.connectCalls({
    ...server.services.calls,
    bans: () => endpoint.bans(),
    liftBan: (source) => endpoint.liftBan(source),
  });
  for (const [i, source] of sources.entries()) {
    const socket = createSocket('udp4');
    socket.bind(0, source);
    await once(socket, 'listening');
    const { port } = socket.address();
    const lines = [
      `OPTIONS sip:100@127.0.0.1:${endpoint.port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${source}:${port};rport;branch=z9hG4bK${i}`,
      `From: <sip:100@${source}>;tag=${i}`,
      'To: <sip:100@127.0.0.1>',
      `Call-ID: ${i}`,
      'CSeq: 1 OPTIONS',
      'User-Agent: friendly-scanner',
      'Content-Length: 0',
    ];
    socket.send(`${lines.join('\r\n')}\r\n\r\n`, endpoint.port, '127.0.0.1');
    while (endpoint.bans().length <= i) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.close();
  }
  return endpoint;
}
