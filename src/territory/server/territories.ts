import sql from 'sql-template-tag';
import { conflict, forbidden, invalid, notFound } from '../../foundation/errors.ts';
import { announce } from '../../foundation/events.ts';
import { writeJournal } from '../../foundation/journal.ts';
import { type Actor, coversTerritory } from '../../identity/contract.ts';
import type { Territory } from '../contract.ts';
import { type Adaptation, type CalendarRules, hoursKind, periods } from '../domain/hours.ts';
import { cityInsee, departmentOf } from '../domain/names.ts';
import { defaultRadiusKm } from '../domain/radius.ts';
import { communeByInsee, nearestCommune } from './communes.ts';
import type { CommunePosition, Territories, TerritoryCommune, TerritoryDependencies } from './index.ts';
import { fromCommunes, locate } from './locate.ts';

const columns = sql`t.code, t.name, t.departments, t.time_zone as "timeZone", t.holiday_set as "holidaySet",
  t.radius_km as "radiusKm", t.launched_on as "launchedOn", t.status`;

const LONGEST_CALENDAR_DAYS = 400;

/** Territories of the SAS, communes, places found from words, SAS and PDSA hours. */
export function createTerritories({ database, clock, lookUpAddress }: TerritoryDependencies): Territories {
  const db = database.for('territory');
  const tools = { db, lookUpAddress, defaultRadiusKm, territoriesOf };

  async function get(code: string): Promise<Territory> {
    const territory = await db.maybeOne<Territory>(sql`select ${columns} from territory.territory t where t.code = ${code}`);
    if (!territory) throw notFound('territory-not-found', `Aucun territoire ne porte le code ${code}.`);
    return territory;
  }

  /** A territory holds the communes listed for it, or all those of its départements when none is listed. */
  async function territoriesOf(inseeCodes: readonly string[]): Promise<Map<string, Territory>> {
    const codes = [...new Set(inseeCodes.map(cityInsee))];
    const rows = await db.query<Territory & { insee: string }>(sql`
      select i.insee, ${columns} from unnest(${codes}::text[], ${codes.map(departmentOf)}::text[]) as i (insee, department)
      cross join lateral (
        select t.*, exists (select from territory.territory_commune c where c.territory = t.code) as listed from territory.territory t
      ) t
      where case when t.listed
        then exists (select from territory.territory_commune c where c.territory = t.code and c.insee = i.insee)
        else i.department = any(t.departments) end
      order by t.listed desc, t.code`);
    const found = new Map<string, Territory>();
    for (const { insee, ...territory } of rows) if (!found.has(insee)) found.set(insee, territory);
    return found;
  }

  const ofCommune = async (insee: string): Promise<Territory | null> => (await territoriesOf([insee])).get(cityInsee(insee)) ?? null;

  async function rulesOf(code: string): Promise<{ rules: CalendarRules; adaptations: Adaptation[] }> {
    const { timeZone, holidaySet } = await get(code);
    const adaptations = await db.query<Adaptation>(sql`
      select starts_at as "from", ends_at as "to", kind, reason from territory.local_hours where territory = ${code}
      order by starts_at`);
    return { rules: { timeZone, holidaySet }, adaptations };
  }

  /** A right that is missing is refused, and the refusal is journaled. */
  async function mayAdminister(actor: Actor, code: string): Promise<void> {
    if (coversTerritory(actor, code)) return;
    await db.transaction((tx) => writeJournal(tx, { ...entry(actor, code), event: 'territory-refused' }));
    throw forbidden('territory-out-of-reach', `Vos droits ne couvrent pas le territoire ${code}. Rien n'a été modifié.`);
  }

  const entry = (actor: Actor, code: string) => ({
    at: clock.now(), territory: code, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'territory', objectId: code,
  });

  return {
    get,
    ofCommune,
    defaultRadiusKm,
    list: () => db.query<Territory>(sql`select ${columns} from territory.territory t order by t.code`),
    communeAt: (point) => nearestCommune(db, point),
    locate: (words, limit) => locate(tools, words, limit),

    async commune(insee) {
      const found = await communeByInsee(db, cityInsee(insee));
      return found && (await fromCommunes(tools, [found]))[0]!;
    },

    async communes(code) {
      const { departments } = await get(code);
      return db.query<TerritoryCommune>(sql`
        select c.insee, c.name, c.population, c.lat, c.lon, c.contour from territory.commune c
        where c.lat is not null and case
          when exists (select from territory.territory_commune l where l.territory = ${code})
          then exists (select from territory.territory_commune l where l.territory = ${code} and l.insee = c.insee)
          else c.department = any(${departments}) end
        order by c.insee`);
    },

    async positions() {
      const rows = await db.query<CommunePosition>(sql`
        select insee, name, search_name as "searchName", postcodes, lat, lon from territory.commune`);
      return new Map(rows.map((row) => [row.insee, row]));
    },

    async save(territory, actor) {
      await mayAdminister(actor, territory.code);
      checkTimeZone(territory.timeZone);
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into territory.territory (code, name, departments, time_zone, holiday_set, radius_km, launched_on, status)
          values (${territory.code}, ${territory.name}, ${territory.departments}, ${territory.timeZone}, ${territory.holidaySet},
            ${territory.radiusKm}, ${territory.launchedOn}, ${territory.status})
          on conflict (code) do update set name = excluded.name, departments = excluded.departments,
            time_zone = excluded.time_zone, holiday_set = excluded.holiday_set, radius_km = excluded.radius_km,
            launched_on = excluded.launched_on, status = excluded.status`);
        await writeJournal(tx, { ...entry(actor, territory.code), event: 'territory-saved', payload: { ...territory } });
        await announce(tx, { topic: 'territory', ids: { territory: territory.code }, audience: {} });
      });
      return get(territory.code);
    },

    async setCommunes(code, inseeCodes, actor) {
      await mayAdminister(actor, code);
      await get(code);
      const codes = [...new Set(inseeCodes.map(cityInsee))];
      await db.transaction(async (tx) => {
        const taken = await tx.query<{ insee: string; territory: string }>(sql`
          select insee, territory from territory.territory_commune where insee = any(${codes}) and territory <> ${code} limit 1`);
        if (taken[0]) {
          throw conflict('commune-taken', `La commune ${taken[0].insee} appartient déjà au territoire ${taken[0].territory}. Rien n'a été modifié.`);
        }
        await tx.run(sql`delete from territory.territory_commune where territory = ${code}`);
        await tx.run(sql`insert into territory.territory_commune (territory, insee) select ${code}, unnest(${codes}::text[])`);
        await writeJournal(tx, { ...entry(actor, code), event: 'territory-communes-set', payload: { communes: codes } });
        await announce(tx, { topic: 'territory', ids: { territory: code }, audience: {} });
      });
    },

    async addLocalHours(code, adaptation, actor) {
      await mayAdminister(actor, code);
      await get(code);
      if (Temporal.Instant.compare(adaptation.from, adaptation.to) >= 0) {
        throw invalid('empty-period', "La fin de l'adaptation doit suivre son début. Rien n'a été enregistré.");
      }
      await db.transaction(async (tx) => {
        await tx.run(sql`
          insert into territory.local_hours (territory, starts_at, ends_at, kind, reason)
          values (${code}, ${adaptation.from}, ${adaptation.to}, ${adaptation.kind}, ${adaptation.reason})`);
        const { from, to, kind } = adaptation;
        const payload = { from: from.toString(), to: to.toString(), kind };
        await writeJournal(tx, { ...entry(actor, code), event: 'local-hours-added', payload, reason: adaptation.reason });
      });
    },

    async hoursKindAt(code, instant) {
      const { rules } = await rulesOf(code);
      return hoursKind(instant, rules);
    },

    async calendar(code, from, to) {
      const { rules, adaptations } = await rulesOf(code);
      const days = from.until(to).days;
      if (days < 0 || days > LONGEST_CALENDAR_DAYS) {
        throw invalid('calendar-too-long', `Demandez entre 1 et ${LONGEST_CALENDAR_DAYS} jours, du plus ancien au plus récent.`);
      }
      const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(rules.timeZone).toInstant();
      return periods(midnight(from), midnight(to.add({ days: 1 })), rules, adaptations);
    },
  };
}

function checkTimeZone(timeZone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    throw invalid('unknown-time-zone', `Le fuseau horaire ${timeZone} est inconnu : écrivez par exemple Europe/Paris.`);
  }
}
