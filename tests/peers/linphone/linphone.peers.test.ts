import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activeLevelDbfs, readWav } from '@dialplane/audio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionHistory, transcript } from '../../history.ts';
import { type Product, startProduct } from '../../product.ts';
import { sipPort } from '../../sip-port.ts';
import { type CertificateAuthority, openCertificateAuthority } from './certificate-authority.ts';
import { type Linphone, startLinphone } from './linphone.ts';

let authority: CertificateAuthority;
let product: Product;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dialplane-linphone-call-'));
  authority = openCertificateAuthority();
  const { certFile, keyFile } = authority.issue('localhost');
  const tls = { SIP_TLS_CERT_FILE: certFile, SIP_TLS_KEY_FILE: keyFile };
  product = await startProduct({ environment: { ...tls, OFFLINE_STT: 'off', LOG_LEVEL: 'warn' } });
  await product.client.call('updateInboundTrunk', { body: { digest_algorithms: ['SHA-256'] } });
});

afterAll(async () => {
  await product?.stop();
  authority?.remove();
  rmSync(directory, { recursive: true, force: true });
});

it('linphonec verifies our certificate, answers a SHA-256 challenge, hears the agent, and hangs up', async () => {
  const { tls_certificate: certificate } = await product.client.call('getSipNetwork', {});
  expect(certificate).toMatchObject({ is_self_signed: false, issuer: expect.stringContaining('Dialplane tests') });

  const linphone = await startLinphoneOfTrunk(authority.certificatePem);
  const recording = join(directory, 'heard.wav');
  linphone.command(`record ${recording}`);
  await dial(linphone);
  await expect.poll(whatWasSaid, { timeout: 20_000 }).toMatch(/^ai: Hello, and thank you for calling/);
  linphone.command('terminate');
  await linphone.said('ended');
  const { channels, sampleRate } = readWav(readFileSync(recording));
  expect(activeLevelDbfs(channels[0] ?? new Int16Array(), sampleRate)).toBeGreaterThan(-30);

  await expect.poll(calls, { timeout: 5_000 }).toEqual([['ended', 'caller_hung_up']]);
  // Written a little behind the call.
  const isOver = async () => (await trace()).some(({ text }) => text.startsWith('BYE '));
  await expect.poll(isOver, { timeout: 5_000 }).toBe(true);
  const [first, challenge, ...rest] = await trace();
  expect(first?.text).toMatch(/^INVITE sip:/);
  expect(challenge?.text).toMatch(/^SIP\/2.0 401 /);
  expect(challenge?.text.match(/algorithm=[\w-]+/g)).toEqual(['algorithm=SHA-256']);
  expect(rest.map(({ text }) => text.split(/\r\n/, 1)[0])).toContain('SIP/2.0 200 OK');
  expect(new Set([first, ...rest].map((message) => message?.transport))).toEqual(new Set(['tls']));
});

it('linphonec is hung up by us', async () => {
  const linphone = await startLinphoneOfTrunk(authority.certificatePem);
  await dial(linphone);
  const id = await newestCall();
  await product.client.call('hangUpCall', { path: { call_id: id } });
  await linphone.said('ended');
  await expect.poll(async () => (await calls())[0], { timeout: 5_000 }).toEqual(['ended', 'ended_by_api']);
});

it('linphonec does not call a server whose certificate it cannot verify', async () => {
  const before = await calls();
  const stranger = openCertificateAuthority();
  const linphone = await startLinphoneOfTrunk(stranger.certificatePem);
  stranger.remove();
  linphone.command(await callCommand());
  await linphone.said('error');
  expect(await calls()).toEqual(before);
});

async function startLinphoneOfTrunk(authoritiesPem: string): Promise<Linphone> {
  const { username, password } = product.demo;
  return startLinphone({
    serverPort: await sipPort(product, 'tls'),
    username,
    password,
    realm: 'dialplane',
    authoritiesPem,
  });
}

async function dial(linphone: Linphone): Promise<void> {
  linphone.command(await callCommand());
  // We ask for a client certificate but need none, and linphonec wants to hear that from its user.
  await linphone.said('Password for (null)');
  linphone.command('none');
  await linphone.said('Media streams established');
}

async function callCommand(): Promise<string> {
  return `call sip:${product.demo.number}@localhost:${await sipPort(product, 'tls')};transport=tls`;
}

/** State and ending, the newest first. */
async function calls(): Promise<(readonly [string, string | undefined])[]> {
  const { items } = await product.client.call('listCalls', {});
  return items.map(({ state, ending }) => [state, ending?.reason]);
}

async function newestCall(): Promise<string> {
  const { items } = await product.client.call('listCalls', {});
  const id = items[0]?.id;
  if (id === undefined) throw new Error('There is no call.');
  return id;
}

async function trace() {
  const { items } = await product.client.call('getCallTrace', { path: { call_id: await newestCall() } });
  return items;
}

/** In the newest call. */
async function whatWasSaid(): Promise<string> {
  const { items } = await product.client.call('listCalls', {});
  const sessionId = items[0]?.session_id;
  return sessionId ? transcript(await sessionHistory(product, sessionId)).join('\n') : '';
}
