import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { type Column, patientColumns, platformSchemas } from './patient-data.ts';

test('[SEC-05] no column of the platform is named like the data of a patient', async () => {
  const database = await createTestDatabase();
  const read = () => database.owner.for('foundation').query<Column>(sql`
    select table_schema as schema, table_name as table, column_name as column from information_schema.columns
    where table_schema = any(${platformSchemas})`);
  const columns = await read();
  expect(new Set(columns.map(({ schema }) => schema))).toEqual(new Set(platformSchemas));
  expect(patientColumns(columns)).toEqual([]);

  await database.owner.pool.query('alter table orientation.orientation add column patient_name text');
  expect(patientColumns(await read())).toEqual(['orientation.orientation.patient_name']);
});

test.each([
  ['orientation', 'orientation', 'birth_date'], ['orientation', 'search', 'caller_phone'], ['availability', 'seat', 'first_name'],
  ['orientation', 'orientation', 'ins'], ['participation', 'participation', 'medical_notes'], ['orientation', 'search', 'symptoms'],
  ['directory', 'place', 'age'],
])('[SEC-05] a column %s.%s.%s would be found', (schema, table, column) => {
  expect(patientColumns([{ schema, table, column }])).toEqual([`${schema}.${table}.${column}`]);
});

test.each([
  ['directory', 'professional', 'last_name'], ['directory', 'import', 'created'], ['orientation', 'orientation', 'label'],
  ['availability', 'editor', 'stage'], ['regulation', 'dossier', 'patient_name'],
])('a column %s.%s.%s is no patient data of the platform', (schema, table, column) => {
  expect(patientColumns([{ schema, table, column }])).toEqual([]);
});
