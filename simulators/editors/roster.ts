import type { Association, Catalog, Practitioner } from './catalog.ts';
import { personId, phoneNumber, structureId } from './identifiers.ts';

/** The customers of a vendor, ids prefixed and phones normalised, by prefixed national id. */
export interface Roster {
  readonly practitioners: ReadonlyMap<string, Practitioner>;
  readonly associations: ReadonlyMap<string, Association>;
}

/** Opens a catalog, whatever way it stores ids and phones. */
export function openRoster(catalog: Catalog): Roster {
  const practitioners = catalog.practitioners.map(
    (practitioner): Practitioner => ({
      ...practitioner,
      nationalId: personId(practitioner.nationalId),
      cpts: practitioner.cpts.map((cpts) => ({ ...cpts, finess: structureId(cpts.finess), phone: phoneNumber(cpts.phone) })),
      places: practitioner.places.map((place) => ({ ...place, id: place.id && structureId(place.id), phone: phoneNumber(place.phone) })),
      slots: practitioner.slots?.map((slot) => ({ ...slot, cpts: slot.cpts?.map(structureId) })),
    }),
  );
  const associations = catalog.associations.map(
    (association): Association => ({
      ...association,
      siret: structureId(association.siret),
      places: association.places.map((place) => ({ ...place, phone: phoneNumber(place.phone) })),
      doctors: association.doctors.map((doctor) => ({ ...doctor, nationalId: personId(doctor.nationalId) })),
    }),
  );
  return {
    practitioners: new Map(practitioners.map((practitioner) => [practitioner.nationalId, practitioner])),
    associations: new Map(associations.map((association) => [association.siret, association])),
  };
}
