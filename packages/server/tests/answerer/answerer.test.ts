import type { ModelEvent, ModelTurn } from '@dialplane/conversation';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAgent, deleteAgent } from '../../src/agents.ts';
import { phrases } from '../../src/answerer/phrases.ts';
import { saveArticle } from '../../src/knowledge/articles.ts';
import type { Database } from '../../src/store/database.ts';
import { knowledge, passages, phoneAgents } from '../../src/store/schema.ts';
import { askModel, type DemoAgent, openDemoAgent } from './model-under-test.ts';

let demo: DemoAgent;
beforeAll(async () => {
  demo = await openDemoAgent();
});
afterAll(() => demo.testStore.dispose());

/** Alternating turns, the caller first. */
const turns = (...texts: string[]): ModelTurn[] =>
  texts.map((text, at) => ({ role: at % 2 === 0 ? 'caller' : 'agent', text }));

describe('answers', () => {
  test('with the stored passage, word for word', async () => {
    const { rule, text, passages: looked, expect: expected } = await demo.ask('How much does delivery cost?');
    expect(rule).toBe('knowledge');
    expect(text).toContain('Delivery costs 6 dollars, and it is free for orders over 50 dollars.');
    expect(expected).toBe('open');
    expect(looked[0]).toMatchObject({ title: 'Delivery areas and cost', used: true });
    for (const { score } of looked) expect(score).toBeGreaterThanOrEqual(0);
  });

  test('everything it says about the business is in a stored passage', async () => {
    const stored = await demo.testStore.store.db.select({ text: passages.text }).from(passages);
    for (const asked of [
      'When do you close on Friday?',
      'refund',
      'can I bring my dog',
      'vegan cookies',
      'gift card',
    ]) {
      const { rule, text } = await demo.ask(asked);
      if (rule !== 'knowledge') continue;
      let rest = text;
      for (const passage of stored) rest = rest.replace(passage.text, '');
      expect(rest.trim(), asked).toBe('');
    }
  });

  test('the same turns give the same events', async () => {
    const first = await demo.ask('Do you have gluten free bread?');
    expect((await demo.ask('Do you have gluten free bread?')).events).toEqual(first.events);
  });

  test('reasoning comes first, then text by clauses, expect, done', async () => {
    const { events } = await demo.ask('Can I pay by credit card?');
    const kinds = events.map(({ type }) => type);
    expect(kinds[0]).toBe('reasoning');
    expect(kinds.filter((kind) => kind === 'text').length).toBeGreaterThan(2);
    expect(kinds.slice(-2)).toEqual(['expect', 'done']);
  });

  test('thanks do not hide the question behind them', async () => {
    expect((await demo.ask('thanks, and where can I park?')).text).toContain('Parking is free');
  });

  test('"how much is that" asks about the subject just talked about', async () => {
    const first = 'Our baking classes take place on the first Saturday of the month, from 2 pm to 5 pm.';
    const { text } = await demo.ask(turns('Do you have classes?', first, 'and how much is that'));
    expect(text).toContain('60 dollars');
  });
});

describe('does not know', () => {
  test.each(['Who is the president?', 'Do you repair bicycles?', 'purple elephants dancing slowly'])(
    '%j: says so and offers a person',
    async (asked) => {
      expect(await demo.ask(asked)).toMatchObject({ rule: 'unknown', text: phrases.unknown, expect: 'yes_no' });
    },
  );

  test('the offer taken, the person is asked for with the question', async () => {
    const { text, toolCalls } = await demo.ask(turns('Do you repair bicycles?', phrases.unknown, 'yes please'));
    expect(toolCalls).toMatchObject([
      { name: 'request_person', arguments: { reason: expect.stringContaining('bicycles') } },
    ]);
    expect(text).toContain('call you back at this number');
  });

  test('the offer declined, it goes on', async () => {
    const {
      text,
      toolCalls,
      expect: expected,
    } = await demo.ask(turns('Do you repair bicycles?', phrases.unknown, 'no'));
    expect(toolCalls).toEqual([]);
    expect(text).toContain('anything else');
    expect(expected).toBe('yes_no');
  });

  test('words without meaning are asked for again', async () => {
    expect(await demo.ask('um well the')).toMatchObject({ rule: 'nothing_understood', text: phrases.notCaught });
  });
});

describe('one subject', () => {
  test('that stands clear is answered, not asked about', async () => {
    expect(await demo.ask('My wife has celiac disease, is there something for her?')).toMatchObject({
      rule: 'knowledge',
      text: expect.stringContaining('gluten free'),
    });
  });

  test('is answered with two passages in the order of the article', async () => {
    const { text } = await demo.ask('Do you have gift cards?');
    expect(text).toMatch(/^Gift cards are sold .+ A gift card is valid for two years/);
  });

  test('is answered with the passage that has what its neighbours lack', async () => {
    expect((await demo.ask('I cannot find my voucher any more')).text).toContain('If a gift card is lost');
  });

  test('is not guessed from words of every conversation', async () => {
    for (const asked of ['can you put that away', 'I will leave it late', 'I like to write far away'])
      expect((await demo.ask(asked)).rule, asked).not.toBe('knowledge');
  });
});

describe('doubtful words', () => {
  const heard = (...words: [text: string, confidence: number][]): ModelTurn[] => [
    {
      role: 'caller',
      text: words.map(([text]) => text).join(' '),
      words: words.map(([text, confidence]) => ({ text, confidence })),
    },
  ];
  test('a subject heard well is answered', async () => {
    const { rule } = await demo.ask(heard(['do', 1], ['you', 1], ['sell', 0.9], ['vouchers', 0.9]));
    expect(rule).toBe('knowledge');
  });
  test('a subject the recogniser does not believe itself is not', async () => {
    const { rule } = await demo.ask(heard(['can', 1], ['you', 1], ['tell', 1], ['me', 1], ['account', 0.07]));
    expect(rule).not.toBe('knowledge');
  });
});

describe('asks which subject is meant', () => {
  const question = 'Do you mean opening hours or gift cards?';
  test.each([
    ['the first one', '7 am'],
    ['opening hours', '7 am'],
    ['the second', 'Gift cards are sold'],
    ['gift cards please', 'Gift cards are sold'],
  ])('%j chooses', async (said, heard) => {
    const { rule, text } = await demo.ask(turns('something', question, said));
    expect(rule).toBe('chosen_subject');
    expect(text).toContain(heard);
  });

  test('a yes to one subject answers the question asked before', async () => {
    const { text } = await demo.ask(turns('how long are they valid', 'Do you mean gift cards?', 'yes'));
    expect(text).toContain('two years');
  });

  test('another question instead of a choice is answered', async () => {
    expect((await demo.ask(turns('something', question, 'what does delivery cost'))).text).toContain('6 dollars');
  });
});

describe('a person', () => {
  test('is requested before the words that say so, so that an interruption cannot lose it', async () => {
    const { events, text } = await demo.ask('Can I talk to a person?');
    const kinds = events.map(({ type }) => type);
    expect(kinds.indexOf('tool_call')).toBeLessThan(kinds.indexOf('text'));
    expect(text).toBe(`${phrases.callBack} ${phrases.anythingElse}`);
  });

  test('has a number when the agent has one for handing off', async () => {
    const { db } = demo.testStore.store;
    const agent = await createAgent(db, demo.orgId, { name: 'With number', handoff_phone_number: '+12025550123' });
    expect((await askModel(demo.model, agent.id, 'operator')).text).toContain('+12025550123');
  });
});

describe('goodbye', () => {
  test('ends the call after its words', async () => {
    const { events, text, toolCalls } = await demo.ask('Goodbye.');
    expect(text).toBe(phrases.goodbye);
    expect(toolCalls).toMatchObject([{ name: 'end_call' }]);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['tool_call', 'done']);
  });

  test('is a bare no after "anything else"', async () => {
    const { toolCalls } = await demo.ask(turns('thanks', phrases.welcome, 'no thank you'));
    expect(toolCalls).toMatchObject([{ name: 'end_call' }]);
  });

  test('is not a word inside a question', async () => {
    const { toolCalls, text } = await demo.ask('can I bye a gift card');
    expect(toolCalls).toEqual([]);
    expect(text).toContain('Gift cards are sold');
  });
});

describe('repeats', () => {
  test('what was heard last, from its beginning when it was cut off', async () => {
    const { text } = await demo.ask(
      turns('delivery cost', 'Delivery costs 6 dollars, and it is', 'could you repeat that'),
    );
    expect(text).toBe('Delivery costs 6 dollars, and it is free for orders over 50 dollars.');
    expect((await demo.ask(turns('hi', phrases.unknown, 'pardon'))).text).toBe(phrases.unknown);
  });
});

describe('what an agent may use', () => {
  test('an agent without the knowledge base answers from its instructions only', async () => {
    const { db } = demo.testStore.store;
    const agent = await createAgent(db, demo.orgId, {
      name: 'Instructed',
      instructions: [
        'Be polite.',
        'Q: Is there wifi? A: Yes, the wifi is free for guests.',
        'If asked about dogs, say that dogs are welcome on the terrace.',
      ],
    });
    const ask = (text: string) => askModel(demo.model, agent.id, text);
    expect((await ask('do you have wireless internet')).text).toBe('Yes, the wifi is free for guests.');
    expect((await ask('may I bring my dog')).text).toBe('Dogs are welcome on the terrace.');
    expect((await ask('How much does delivery cost?')).rule).toBe('unknown');
    expect((await ask('be polite')).rule).toBe('unknown');
  });

  test('an instruction that names an article gives that article alone', async () => {
    const { db } = demo.testStore.store;
    const [article] = await db.select().from(knowledge).where(eq(knowledge.title, 'Gift cards'));
    const agent = await createAgent(db, demo.orgId, { name: 'One article', instructions: [article?.id ?? ''] });
    expect((await askModel(demo.model, agent.id, 'Do gift cards expire?')).text).toContain('two years');
    expect((await askModel(demo.model, agent.id, 'Are you open on Sunday?')).rule).toBe('unknown');
  });

  test('a changed article is answered at once, a draft never', async () => {
    const { store } = demo.testStore;
    const draft = { title: 'Dogs', content: 'Dogs are welcome inside the bakery on a leash.', isDraft: true };
    const id = await saveArticle(store.db, demo.orgId, draft);
    if (id === undefined) throw new Error('not saved');
    expect((await demo.ask('Can I bring my dog?')).text).not.toContain('welcome inside');
    await saveArticle(store.db, demo.orgId, { ...draft, id, isDraft: false });
    expect((await demo.ask('Can I bring my dog?')).text).toContain('welcome inside');
    await store.db.delete(knowledge).where(eq(knowledge.id, id));
    expect((await demo.ask('Can I bring my dog?')).text).not.toContain('welcome inside');
  });

  test('an article of another organisation can be neither changed nor used', async () => {
    const { db } = demo.testStore.store;
    const id = await saveArticle(db, demo.orgId, { title: 'Ours', content: 'We have a piano.' });
    const stranger = '00000000-0000-4000-8000-000000000000';
    expect(await saveArticle(db, stranger, { id: id ?? '', title: 'Theirs', content: 'Nothing.' })).toBeUndefined();
  });

  test('an agent that does not exist is an error with a code', async () => {
    await expect(askModel(demo.model, demo.orgId, 'hello')).rejects.toMatchObject({ code: 'agent_unknown' });
  });
});

test('an aborted request ends early and without error', async () => {
  const aborting = new AbortController();
  const request = { callId: 'call', agentId: demo.agentId, turns: turns('Do you deliver?'), tools: [] };
  const seen: ModelEvent[] = [];
  for await (const event of demo.model.stream(request, aborting.signal)) {
    seen.push(event);
    if (event.type === 'text') aborting.abort();
  }
  expect(seen.filter(({ type }) => type === 'text')).toHaveLength(1);
  expect(seen.some(({ type }) => type === 'done')).toBe(false);
});

test('without tools it says the same and calls none', async () => {
  const request = { callId: 'call', agentId: demo.agentId, turns: turns('bye'), tools: [] };
  const kinds: string[] = [];
  for await (const event of demo.model.stream(request, new AbortController().signal)) kinds.push(event.type);
  expect(kinds).not.toContain('tool_call');
});

test('a changed setting of the agent counts from the next answer', async () => {
  const { db } = demo.testStore.store;
  await db.update(phoneAgents).set({ useOrgKnowledgebase: false }).where(eq(phoneAgents.id, demo.agentId));
  expect((await demo.ask('Do you deliver?')).rule).toBe('unknown');
  await db.update(phoneAgents).set({ useOrgKnowledgebase: true }).where(eq(phoneAgents.id, demo.agentId));
  expect((await demo.ask('Do you deliver?')).rule).toBe('knowledge');
});

describe('an agent that was deleted', () => {
  const instructed = (db: Database) =>
    createAgent(db, demo.orgId, {
      name: 'Leaving',
      instructions: ['Q: Is there wifi? A: Yes, the wifi is free for guests.'],
    });

  test('goes on answering in the calls that began before', async () => {
    const { db } = demo.testStore.store;
    const agent = await instructed(db);
    await demo.model.prepare(agent.id);
    await deleteAgent(db, demo.orgId, agent.id);
    const ask = (text: string) => askModel(demo.model, agent.id, text);
    expect((await ask('do you have wireless internet')).text).toBe('Yes, the wifi is free for guests.');
    expect((await ask('How much does delivery cost?')).rule).toBe('unknown');
  });

  test('is unknown to calls that begin afterwards', async () => {
    const { db } = demo.testStore.store;
    const agent = await instructed(db);
    await deleteAgent(db, demo.orgId, agent.id);
    await expect(demo.model.prepare(agent.id)).rejects.toMatchObject({ code: 'agent_unknown' });
    await expect(askModel(demo.model, agent.id, 'is there wifi')).rejects.toMatchObject({ code: 'agent_unknown' });
  });
});
