import { expect, test } from 'vitest';
import { openRoom } from './room.fixture.ts';

test('[SEC-07] commands are deleted a day after the phone system answered; those that wait stay, and it is journaled', async () => {
  const { room, person, rows, database, clock, journal } = await openRoom();
  const purge = () => room.tasks.find(({ name }) => name === 'commands-purge')!.work();
  await room.setMyState(person('arm'), { state: 'available' });
  await room.setMyState(person('arm'), { state: 'available' });
  await database.owner.pool.query("update telephony.command set state = 'accepted', done_at = $1 where seq = (select min(seq) from telephony.command)", [clock.now().toString()]);
  clock.advance({ hours: 24 });
  await purge();
  expect(await rows('select 1 from telephony.command')).toHaveLength(2);
  clock.advance({ seconds: 1 });
  await purge();
  await purge();
  expect(await rows('select state from telephony.command')).toEqual([{ state: 'pending' }]);
  expect(await journal('86')).toMatchObject([{ event: 'commands-purged', actor: 'telephony' }]);
});

test('[TEL-18] a configuration saved when the room had its own delay for a P0 is read as before', async () => {
  const { room, supervisor, database } = await openRoom();
  const { numbers, bilevelHours, thresholds } = await room.configuration(supervisor);
  await room.configure(supervisor, { numbers: [...numbers], bilevelHours: [...bilevelHours], thresholds: { ...thresholds, waiting: 9 } });
  await database.owner.pool.query("update telephony.configuration set content = jsonb_set(content, '{thresholds,p0Seconds}', '30')");
  expect((await room.configuration(supervisor)).thresholds).toMatchObject({ waiting: 9, wrapUpSeconds: 10 });
  expect((await room.board(supervisor)).levels).toHaveLength(6);
});
