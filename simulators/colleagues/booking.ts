import { randomUUID } from 'node:crypto';
import type { Client, Dossier } from './client.ts';

interface Found {
  readonly searchId: string;
  readonly results: readonly { readonly slots: readonly { readonly id: string; readonly source: string; readonly modalities?: readonly string[] }[] }[];
}
interface Received {
  readonly appointmentId: string;
  readonly suggested: readonly { readonly id: string }[];
}

const RETURN_MS = 4_000;

/** Finds and books the first slot of the platform for a dossier, then attaches the appointment that comes back. */
export async function bookFor(client: Client, dossier: Dossier): Promise<void> {
  const ordered = dossier.acts.flatMap((act) => act.decisions).some(({ type, executedAt }) => type === 'CONSULTATION' && executedAt === null);
  if (!ordered) return;
  const { url } = await client.ask<{ url: string }>('GET', `/api/v1/dossiers/${dossier.id}/search-link`);
  const insee = new URL(url).searchParams.get('inseecode');
  if (!insee) return;
  const { searchId, results } = await client.ask<Found>('GET', `/api/v1/search?insee=${insee}&specialty=SM54`);
  const slot = results.flatMap(({ slots }) => slots).find(({ source }) => source === 'platform');
  if (!slot) return;
  const orientation = await client.ask<{ id: string }>('POST', '/api/v1/orientations', { slotId: slot.id, searchId }, { 'idempotency-key': randomUUID() });
  await new Promise((resolve) => setTimeout(resolve, RETURN_MS));
  const { appointments } = await client.ask<{ appointments: Received[] }>('GET', '/api/v1/appointments/unattached');
  if (appointments.some(({ appointmentId }) => appointmentId === orientation.id)) {
    await client.ask('POST', `/api/v1/appointments/${orientation.id}/attach`, { dossierId: dossier.id });
  }
}
