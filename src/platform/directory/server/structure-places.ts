import sql from 'sql-template-tag';
import { forbidden, notFound, ruleBroken } from '../../../foundation/errors.ts';
import { announce } from '../../../foundation/events.ts';
import { writeJournal } from '../../../foundation/journal.ts';
import { type Actor, actsFor, administratorRoles, coversTerritory, hasRole } from '../../../identity/contract.ts';
import type { Location } from '../../../territory/contract.ts';
import { normaliseName } from '../../../territory/server/index.ts';
import type { Structure } from '../contract.ts';
import { keepCorrections, movePlace } from './enrichment.ts';
import type { Directory, DirectoryDependencies, PlaceDetails } from './index.ts';
import { normalisePhone } from './phone.ts';
import { structureById } from './structures.ts';

type Place = Structure['places'][number];

/** The consultation places of a structure, kept up to date by whoever manages it (STR-04). */
export function createStructurePlaces({ database, clock, territories }: DirectoryDependencies): Pick<Directory, 'saveStructurePlace'> {
  const db = database.for('directory');

  async function owned(actor: Actor, structureId: string, placeId: string): Promise<{ structure: Structure; place: Place }> {
    const structure = await structureById(db, structureId);
    if (!structure) throw notFound('structure-not-found', `Aucune structure ne porte l'identifiant ${structureId}.`);
    const manages = actsFor(actor, 'participation', { nationalId: null, structureId });
    if (!manages && !(hasRole(actor, ...administratorRoles) && coversTerritory(actor, structure.territory))) {
      throw forbidden('structure-not-yours', "Cette structure n'est pas de celles que vous gérez. Rien n'a été modifié.");
    }
    const place = structure.places.find(({ id }) => id === placeId);
    if (!place) throw notFound('place-not-found', "Ce lieu n'est pas l'un de ceux de la structure. Rien n'a été modifié.");
    return { structure, place };
  }

  /** Where a new address is: in a commune that the SAS of the structure answers for. */
  async function located({ address, postcode, city }: PlaceDetails, { territory }: Structure): Promise<Location & { insee: string }> {
    const { locations } = await territories.locate(`${address}, ${postcode} ${city}`, 1);
    const found = locations[0] ?? (await territories.locate(`${postcode} ${city}`, 1)).locations[0];
    const refused = (message: string) => ruleBroken('place-address-refused', `L'adresse n'a pas été enregistrée, la précédente est gardée. ${message}`, [{ path: 'city', message }]);
    if (!found?.insee || normaliseName(found.city) !== normaliseName(city)) throw refused('Cette commune n’a pas été reconnue : vérifiez son nom et son code postal.');
    if (found.territory !== territory) throw refused('Cette commune n’est pas du territoire de la structure : demandez au gestionnaire de votre SAS.');
    return { ...found, insee: found.insee };
  }

  return {
    async saveStructurePlace(structureId, placeId, details, actor) {
      const { structure, place } = await owned(actor, structureId, placeId);
      const phone = details.phone ? normalisePhone(details.phone) : null;
      const moved = addressOf(details) !== addressOf(place);
      const to = moved ? await located(details, structure) : null;
      const address = to && { address: details.address, postcode: details.postcode, city: to.city, insee: to.insee };
      const corrections = { ...(phone === place.phone ? {} : { phone }), ...(address ? { address } : {}) };
      const at = clock.now();
      await db.transaction(async (tx) => {
        await keepCorrections(tx, placeId, corrections, { author: actor.accountId, at });
        if (address) await tx.run(sql`
          update directory.place set address = ${address.address}, postcode = ${address.postcode}, city = ${address.city}, insee = ${address.insee} where id = ${placeId}`);
        if (to) await movePlace(tx, placeId, to, to.kind === 'address' ? 'address' : 'commune');
        await tx.run(sql`update directory.place set phone = ${phone}, updated_at = ${at} where id = ${placeId}`);
        await tx.run(sql`update directory.structure_place set hours = ${JSON.stringify(details.hours)} where structure_id = ${structureId} and place_id = ${placeId}`);
        // A structure that receives at its own address is found there too.
        if (placeId === structureId) await tx.run(sql`
          update directory.structure s set address = p.address, postcode = p.postcode, city = p.city, insee = p.insee, lat = p.lat, lon = p.lon, phone = p.phone, updated_at = ${at}
          from directory.place p where s.id = ${structureId} and p.id = ${placeId}`);
        await writeJournal(tx, {
          at, territory: structure.territory, actor: actor.accountId, role: actor.roles[0] ?? null, objectType: 'structure', objectId: structureId,
          event: 'structure-place-changed', payload: { placeId, ...corrections, hours: details.hours },
        });
        await announce(tx, { topic: 'directory', ids: { structure: structureId, place: placeId }, audience: {} });
      });
      return { located: to === null ? 'unchanged' : to.kind === 'address' ? 'address' : 'commune' };
    },
  };
}

const addressOf = ({ address, postcode, city }: Pick<Place, 'address' | 'postcode' | 'city'>): string => [address.trim(), postcode, normaliseName(city)].join('|');
