import { expect, test } from 'vitest';
import { commandKeeping } from './purge.ts';
import { openRoom } from './room.fixture.ts';

test('[SEC-07] commands go once the phone system has answered and their time is over; those that wait stay', async () => {
  const { room, person, rows, database, clock } = await openRoom();
  const purge = () => database.for('telephony').transaction((tx) =>
    commandKeeping.purge(tx, { territory: '86', before: clock.now().subtract({ hours: 24 }), except: [] }, 10));
  await room.setMyState(person('arm'), { state: 'available' });
  await room.setMyState(person('arm'), { state: 'available' });
  await database.owner.pool.query("update telephony.command set state = 'accepted', done_at = $1 where seq = (select min(seq) from telephony.command)", [clock.now().toString()]);
  clock.advance({ hours: 24 });
  expect(await purge()).toEqual([]);
  clock.advance({ seconds: 1 });
  expect(await purge()).toHaveLength(1);
  expect(await purge()).toEqual([]);
  expect(await rows('select state from telephony.command')).toEqual([{ state: 'pending' }]);
});

test('[TEL-18] a configuration saved when the room had its own delay for a P0 is read as before', async () => {
  const { room, supervisor, database } = await openRoom();
  const { numbers, bilevelHours, thresholds } = await room.configuration(supervisor);
  await room.configure(supervisor, { numbers: [...numbers], bilevelHours: [...bilevelHours], thresholds: { ...thresholds, waiting: 9 } });
  await database.owner.pool.query("update telephony.configuration set content = jsonb_set(content, '{thresholds,p0Seconds}', '30')");
  expect((await room.configuration(supervisor)).thresholds).toMatchObject({ waiting: 9, wrapUpSeconds: 10 });
  expect((await room.board(supervisor)).levels).toHaveLength(6);
});
