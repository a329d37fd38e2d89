import type { EditorSlot } from './editor.ts';

export const doctor = (n: number) => `8${10_000_000_000 + n}`;

/** A free slot of 13 January 2026 at 10:00 UTC, of a fictional doctor of Poitiers. */
export function editorSlot(change: Partial<EditorSlot>): EditorSlot {
  return {
    nationalId: '810000000017', structureId: '1860000123',
    place: { id: '1860000123', name: 'Cabinet des Tilleuls', address: '3 rue des Tilleuls', postcode: '86000', city: 'Poitiers', phone: '+33549000001', lat: 46.58, lon: 0.34 },
    start: Temporal.Instant.from('2026-01-13T10:00:00Z'), end: Temporal.Instant.from('2026-01-13T10:15:00Z'),
    modalities: ['AMB'], types: ['PUBLIC', 'SNP'], withAppointment: true, specialties: ['SM54'], reasons: ['Consultation'], cptsIds: [],
    bookingUrl: 'https://agenda.example/p/17?vue=jour', ...change,
  };
}
