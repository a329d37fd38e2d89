import sql from 'sql-template-tag';
import type { Transaction } from '../../../foundation/db/database.ts';
import type { Point } from '../../../territory/contract.ts';

/** Keeps what somebody corrected by hand on a place, field by field: an import never writes over it (ANN-07). */
export async function keepCorrections(tx: Transaction, placeId: string, values: Readonly<Record<string, unknown>>, by: { author: string; at: Temporal.Instant }): Promise<void> {
  for (const [field, value] of Object.entries(values)) {
    await tx.run(sql`
      insert into directory.enrichment (object_type, object_id, field, value, author, at)
      values ('place', ${placeId}, ${field}, ${JSON.stringify(value)}, ${by.author}, ${by.at})
      on conflict (object_type, object_id, field) do update set value = excluded.value, author = excluded.author, at = excluded.at`);
  }
}

/** Puts a place, and whoever practises there, at this point. */
export async function movePlace(tx: Transaction, placeId: string, { lat, lon }: Point, source: 'manual' | 'address' | 'commune'): Promise<void> {
  await tx.run(sql`update directory.place set lat = ${lat}, lon = ${lon}, geo_source = ${source} where id = ${placeId}`);
  await tx.run(sql`update directory.activity set lat = ${lat}, lon = ${lon} where place_id = ${placeId}`);
}
