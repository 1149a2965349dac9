/** Fills the demo organisation by SQL, as years of use would. */
import { createLog, openStore } from '@dialplane/server';

export interface SeedOptions {
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
  readonly sessions: number;
  /** In the history of one of them. */
  readonly items: number;
}

/** For a product that does not run. @returns the session with the long history. */
export async function seed({ dataDirectory, databaseUrl, sessions, items }: SeedOptions): Promise<string> {
  const store = await openStore({ dataDir: dataDirectory, databaseUrl, log: createLog('silent') });
  const { db } = store;
  try {
    await db.execute(`
      insert into contacts (org_id, phone_number, name)
      select id, '+1303' || lpad(n::text, 7, '0'), 'Caller ' || n
      from organisations, generate_series(1, ${sessions}::int) n where slug = 'demo'`);
    await db.execute(`
      insert into sessions (org_id, channel_type, contact_id, caller_number, status, tags, summary, created_at, updated_at, last_event_at)
      select org_id, 'phone_voice', id, phone_number, case when random() < 0.1 then 'open' else 'closed_resolved' end,
        array['seeded'], 'Asked for the opening hours and ordered a cake for Saturday.', at, at, at
      from (
        select *, now() - make_interval(secs => 60 * row_number() over (order by id)) as at from contacts where phone_number like '+1303%'
      ) as called`);
    const { rows } = await db.execute<{ id: string; org_id: string }>(`
      select id, org_id from sessions where 'seeded' = any(tags) order by created_at limit 1`);
    const [long] = rows;
    if (!long) throw new Error('No session was seeded.');
    const half = Math.floor(items / 2);
    await db.execute(`
      insert into session_messages (org_id, session_id, type, sender, text, created_at)
      select '${long.org_id}', '${long.id}', 'message', case when n % 2 = 0 then 'ai' else 'contact' end,
        'A sentence of the length that people write in a chat, number ' || n, now() - make_interval(secs => 10000 - n)
      from generate_series(1, ${half}::int) n`);
    await db.execute(`
      with call as (
        insert into calls (org_id, session_id, direction, state, sip_call_id, caller, called, started_at)
        values ('${long.org_id}', '${long.id}', 'inbound', 'ended', 'seeded', '+13030000001', '+12025550100', now() - interval '1 day')
        returning id
      )
      insert into call_events (call_id, seq, org_id, session_id, at_ms, occurred_at, kind, data)
      select call.id, n, '${long.org_id}', '${long.id}', n * 1000, now() - interval '1 day' + make_interval(secs => n),
        case when n % 2 = 0 then 'agent_spoke' else 'transcript_final' end,
        jsonb_build_object('text', 'A sentence of the length that people say on the telephone, number ' || n)
      from call, generate_series(1, ${items - half}::int) n`);
    await db.execute(`analyze`);
    return long.id;
  } finally {
    await store.close();
  }
}
