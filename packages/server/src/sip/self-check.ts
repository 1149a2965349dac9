import type { CertificateDetails, Reachability } from '@dialplane/sip';

/** What a carrier will see of us, and what would keep it from reaching us, for the person at the terminal. */
export function selfCheck(reachability: Reachability, certificate: CertificateDetails | undefined): string[] {
  const seen = reachability.transports.map(({ transport, host, port, advertisedHost, advertisedPort }) => {
    const listens = `listens on ${hostPort(host, port)}`;
    return `  ${transport.toUpperCase().padEnd(5)}  ${listens}, carriers see ${hostPort(advertisedHost, advertisedPort)}`;
  });
  const lines = ['SIP as carriers see it:', ...seen];
  if (certificate) {
    const until = new Date(certificate.validUntilMs).toISOString().slice(0, 10);
    const whose = certificate.isSelfSigned ? 'vouches for itself' : `issued by ${certificate.issuer}`;
    lines.push(`  Certificate until ${until}, ${whose}, SHA-256 ${certificate.fingerprint}`);
  }
  return [...lines, ...reachability.findings.map(({ message }) => `  Note: ${message}`)];
}

const hostPort = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
