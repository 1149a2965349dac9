import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWav, toneLevelDbfs } from '@dialplane/audio';
import { expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { pickUpTelephone, type Telephone } from '../../telephone.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

interface RecordedCall {
  readonly id: string;
  readonly recording: {
    readonly state: string;
    readonly url: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly duration_ms: number;
  } | null;
}

/** Frequency of the greeting of the telephone's agents. */
const greetingHz = 600;

async function callOf(server: TestServer, sessionId: string | undefined): Promise<RecordedCall> {
  const list = await server.request<{ items: RecordedCall[] }>('GET', `/phone/calls?session_id=${sessionId}`);
  const [call] = list.body.items;
  if (!call) throw new Error('The session has no call.');
  return call;
}

/** Whatever becomes of it, server and telephone are put away. */
async function withTelephone(
  environment: Readonly<Record<string, string>>,
  use: (server: TestServer, telephone: Telephone) => Promise<void>,
): Promise<void> {
  const server = await startTestServer(environment);
  const telephone = await pickUpTelephone(server);
  try {
    await use(server, telephone);
  } finally {
    await telephone.close();
    await server.stop();
  }
}

test.each([
  { RECORDING_FORMAT: 'wav', RECORDING_ENCRYPTION: '0' },
  { RECORDING_FORMAT: 'wav', RECORDING_ENCRYPTION: '1' },
  { RECORDING_FORMAT: 'opus', RECORDING_ENCRYPTION: '1' },
])('a call is recorded, paused, resumed, heard and deleted: %o', async (environment) => {
  await withTelephone(environment, async (server, telephone) => {
    const dialled = await telephone.dial();
    const { id } = await callOf(server, dialled.sessionId);
    const path = `/phone/calls/${id}`;
    const stream = await openStream(server, `${path}/events`);
    await stream.event('recording_started');
    await stream.event('agent_spoke');
    const early = await server.problem('GET', `${path}/recording`);
    expect([early.status, early.body.code]).toEqual([409, 'recording_in_progress']);
    expect((await server.problem('DELETE', `${path}/recording`)).body.code).toBe('recording_in_progress');
    expect((await server.request('POST', `${path}/recording/pause`)).body).toEqual({ id, state: 'paused' });
    await stream.event('recording_paused');
    expect((await server.request('POST', `${path}/recording/resume`)).body).toEqual({ id, state: 'recording' });
    await stream.event('recording_resumed');
    await server.request('POST', `${path}/hangup`);
    await stream.event('recording_stopped');
    const over = await server.problem('POST', `${path}/recording/pause`);
    expect([over.status, over.body.code]).toEqual([409, 'call_ended']);

    let call = await callOf(server, dialled.sessionId);
    while (call.recording?.state !== 'stored') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      call = await callOf(server, dialled.sessionId);
    }
    const { url, bytes, sha256, duration_ms: durationMs } = call.recording;
    const heard = await fetch(`http://127.0.0.1:${server.port}${url}`, {
      headers: { authorization: `Bearer ${server.acme.key}` },
    });
    const isWav = environment.RECORDING_FORMAT === 'wav';
    expect([heard.status, heard.headers.get('content-type')]).toEqual([200, isWav ? 'audio/wav' : 'audio/ogg']);
    const sound = Buffer.from(await heard.arrayBuffer());
    expect(sound.length).toBe(bytes);
    expect(createHash('sha256').update(sound).digest('hex')).toBe(sha256);
    if (isWav) {
      const { channels } = readWav(sound);
      const [caller, agent] = channels.map((channel) => toneLevelDbfs(channel.subarray(0, 8000), 8000, greetingHz));
      expect(channels[0]?.length).toBe(durationMs * 8);
      expect(agent).toBeGreaterThan(-30);
      expect(caller).toBeLessThan(-60);
    }
    const file = join(
      server.services.config.dataDir,
      'recordings',
      server.acme.id,
      `${id}.${environment.RECORDING_FORMAT}`,
    );
    expect(readFileSync(file).includes(isWav ? 'RIFF' : 'OggS')).toBe(environment.RECORDING_ENCRYPTION === '0');
    const peaks = await server.request<{ caller: number[]; agent: number[] }>('GET', `${url}/peaks`);
    expect(peaks.body).toMatchObject({ id, duration_ms: durationMs, peak_ms: 100 });
    expect(Math.max(...peaks.body.agent)).toBeGreaterThan(30);
    expect(Math.max(...peaks.body.caller)).toBeLessThan(3);

    const deleted = await server.request('DELETE', `${path}/recording`);
    expect([deleted.status, deleted.body]).toEqual([200, { id, deleted: true }]);
    expect(existsSync(file)).toBe(false);
    expect((await callOf(server, dialled.sessionId)).recording).toMatchObject({
      state: 'deleted',
      deleted_by: 'api',
      deleted_at: expect.any(String),
      sha256,
      url: null,
    });
    expect((await server.problem('GET', url)).body).toMatchObject({
      code: 'recording_not_found',
      detail: expect.stringContaining('was deleted'),
    });
  });
});

test.each(['agent', 'organisation'])('what the %s does not want recorded is not', async (whose) => {
  await withTelephone({}, async (server, telephone) => {
    const path = whose === 'agent' ? `/phone/${telephone.agentId}` : '/phone/settings';
    const body = whose === 'agent' ? { recording_enabled: false } : { recording: false };
    expect((await server.request('PATCH', path, { body })).status).toBe(200);
    const dialled = await telephone.dial();
    const { id } = await callOf(server, dialled.sessionId);
    const stream = await openStream(server, `/phone/calls/${id}/events`);
    await stream.event('agent_spoke');
    await server.request('POST', `/phone/calls/${id}/hangup`);
    await stream.ended;
    expect(stream.events.filter(({ event }) => event?.startsWith('recording'))).toEqual([]);
    expect((await callOf(server, dialled.sessionId)).recording).toBeNull();
    for (const [method, action] of [
      ['GET', ''],
      ['GET', '/peaks'],
      ['POST', '/pause'],
      ['DELETE', ''],
    ] as const) {
      const { status, body: problem } = await server.problem(method, `/phone/calls/${id}/recording${action}`);
      expect([status, problem.code]).toEqual([404, 'recording_not_found']);
    }
  });
});
