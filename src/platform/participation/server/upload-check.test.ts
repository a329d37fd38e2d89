import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createVisibility } from '../../availability/server/visibility.ts';
import { colleague, declared, doctor, effecteur, otherDoctor, setUpParticipation } from './participation.fixture.ts';
import { createUploadCheck } from './upload-check.ts';

test('[PART-10] [AGR-04] the vendors are asked about whom they were not seen to show this week, never about who refused', async () => {
  const { declarations, clock, territories, database } = await setUpParticipation();
  const asked: (readonly string[])[] = [];
  const { check } = createUploadCheck({
    database, clock, territories, visibility: createVisibility({ database }), askVendors: async ({ professionals }) => void asked.push(professionals),
  });
  await declarations.declare(effecteur, declared({ usesEditor: true, statement: null }));
  await declarations.declare(colleague, declared({ nationalId: otherDoctor, usesEditor: true, upload: false }));
  expect([await check(), asked]).toEqual([1, [[doctor]]]);
  await database.for('availability').run(sql`
    insert into availability.editor_week (national_id, week, editor, first_at, last_at) values (${doctor}, '2026-01-12', 'Rapide', '2026-01-14T09:00:00Z', '2026-01-14T09:00:00Z')`);
  expect(await check(), 'seen').toBe(0);
  clock.set('2026-01-20T08:00:00Z');
  expect(await check(), 'another week').toBe(1);
});
