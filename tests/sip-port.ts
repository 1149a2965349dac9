import type { Product } from './product.ts';

/** Where the product listens for SIP over a transport. */
export async function sipPort({ client }: Product, transport: 'udp' | 'tcp' | 'tls'): Promise<number> {
  const { regions } = await client.call('getSipNetwork', {});
  const port = regions[0]?.signalling.find((place) => place.transport === transport)?.port;
  if (port === undefined) throw new Error(`The product does not listen for ${transport}.`);
  return port;
}
