import type { Clock } from '../foundation/clock.ts';
import type { Database } from '../foundation/db/database.ts';
import { conflict } from '../foundation/errors.ts';
import type { Availability } from '../platform/availability/server/index.ts';
import { createVisibility } from '../platform/availability/server/visibility.ts';
import type { Directory } from '../platform/directory/server/index.ts';
import { findPatientWords } from '../platform/orientation/domain/patient-data.ts';
import { createConventions } from '../platform/participation/server/conventions.ts';
import { createDeclarations } from '../platform/participation/server/declarations.ts';
import { createEligibility } from '../platform/participation/server/eligibility.ts';
import type { Participations } from '../platform/participation/server/index.ts';
import { createReview } from '../platform/participation/server/review.ts';
import { createStructures, doctorsOf } from '../platform/participation/server/structures.ts';
import { createTerritoryView } from '../platform/participation/server/territory.ts';
import { createUploadCheck } from '../platform/participation/server/upload-check.ts';
import type { Territories } from '../territory/server/index.ts';

interface ParticipationDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly territories: Territories;
  readonly askVendors: Availability['askVendors'];
}

/** Builds what people declare of their participation, and what is computed of it. */
export function assembleParticipation({ database, clock, directory, territories, askVendors }: ParticipationDependencies) {
  const visibility = createVisibility({ database });
  const eligibility = createEligibility({
    database, clock, territories, visibility, doctorsOf: (ids) => doctorsOf(directory, ids),
  });
  const uploads = createUploadCheck({ database, clock, territories, visibility, askVendors });
  const review = createReview({ database, clock, eligibility });
  return {
    useCases: {
      declarations: createDeclarations({ database, clock, directory, territories, findPatientWords }),
      territory: createTerritoryView({ database, clock, directory, territories, eligibility }),
      structures: createStructures({ database, clock, directory, territories, eligibility }),
      conventions: createConventions({ database, clock, directory }),
    },
    tasks: [review.task, uploads.task],
  };
}

/**
 * The vendors' slots without those of the professionals who refused that they are shown (AGR-04): they are no longer asked
 * for, and one proposed a moment ago can no longer be booked.
 */
export function withoutRefusedUploads<Vendors extends Pick<Availability, 'askVendors' | 'openSealedSlot'>>(
  vendors: Vendors, { participations, clock }: { participations: Pick<Participations, 'refusingUpload'>; clock: Clock },
): Pick<Availability, 'askVendors' | 'openSealedSlot'> {
  return {
    async askVendors(question, onAnswer, signal) {
      const refusing = await participations.refusingUpload(question.professionals, clock.now());
      await vendors.askVendors({ ...question, professionals: question.professionals.filter((id) => !refusing.has(id)) }, onAnswer, signal);
    },
    async openSealedSlot(id) {
      const slot = await vendors.openSealedSlot(id);
      if (slot.nationalId && (await participations.refusingUpload([slot.nationalId], clock.now())).size > 0) {
        throw conflict('upload-refused', "Ce professionnel vient de refuser l'affichage des créneaux de son éditeur. Rien n'a été réservé : relancez la recherche.");
      }
      return slot;
    },
  };
}
