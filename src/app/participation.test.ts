import { expect, test } from 'vitest';
import type { Availability, SlotQuestion } from '../platform/availability/server/index.ts';
import { findPatientWords } from '../platform/orientation/domain/patient-data.ts';
import { declared, doctor, effecteur, otherDoctor, setUpParticipation } from '../platform/participation/server/participation.fixture.ts';
import { withoutRefusedUploads } from './participation.ts';

test('[AGR-04] a refusal takes his vendor’s slots out of the searches at once, and those proposed a moment ago cannot be booked', async () => {
  const { declarations, participations, clock } = await setUpParticipation();
  const asked: (readonly string[])[] = [];
  const vendors = {
    askVendors: async ({ professionals }: SlotQuestion) => void asked.push(professionals),
    openSealedSlot: async (id: string) => ({ nationalId: id }) as Awaited<ReturnType<Availability['openSealedSlot']>>,
  };
  const { askVendors, openSealedSlot } = withoutRefusedUploads(vendors, { participations, clock });
  const search = () => askVendors({ professionals: [doctor, otherDoctor], structures: [], from: clock.now(), to: clock.now() }, () => undefined);
  await search();
  await expect(openSealedSlot(doctor)).resolves.toMatchObject({ nationalId: doctor });
  await declarations.declare(effecteur, declared({ usesEditor: true, upload: false }));
  await search();
  expect(asked).toEqual([[doctor, otherDoctor], [otherDoctor]]);
  await expect(openSealedSlot(doctor)).rejects.toMatchObject({ family: 'conflict', code: 'upload-refused' });
  await expect(openSealedSlot(otherDoctor)).resolves.toMatchObject({ nationalId: otherDoctor });
  clock.advance({ hours: 1 });
  await declarations.declare(effecteur, declared({ usesEditor: true, upload: true, statement: null }));
  await search();
  expect(asked.at(-1)).toEqual([doctor, otherDoctor]);
});

test('[SEC-05] [PART-13] a note says how to come in, never who comes', () => {
  for (const note of ['Sonner deux fois, cour du fond', 'Parking patients derrière la pharmacie, code B4', 'Demander le Dr Martin, 2e étage', 'Accès par la rue de la Marne, fermé de 12 h à 14 h']) {
    expect(findPatientWords(note), note).toBeNull();
  }
  for (const note of ['Mme Durand passera', 'M. Petit, douleur', 'appelez le 06 12 34 56 78', 'né le 3 mai', 'enfant de 4 ans', 'voir son diagnostic', '1 85 05 78 006 084 36', 'du 12/03/1960', 'a@b.fr']) {
    expect(findPatientWords(note), note).not.toBeNull();
  }
});
