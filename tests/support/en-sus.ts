import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { systemClock } from '../../src/foundation/clock.ts';
import type { InboxItem, RequestView } from '../../src/platform/orientation/contract.ts';

interface Answer {
  readonly status: number;
  readonly body: any;
}

/** Calls the API as the person signed in on this page. */
export const callAs = (page: Page, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  page.evaluate(async ([verb, address, sent, more]) => {
    const response = await fetch(address, {
      method: verb, headers: { ...more, ...(sent === undefined ? {} : { 'content-type': 'application/json' }) }, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  }, [method, path, body, headers] as const);

/** Asks somebody en sus; gives the orientation. */
export async function askEnSus(page: Page, enSus: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<any> {
  const { status, body } = await callAs(page, 'POST', '/api/v1/orientations', { enSus, ...more }, { 'idempotency-key': randomUUID() });
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Searches around a village without a doctor, finds no slot, then asks its CPTS en sus: the others follow in the order of the search. */
export async function askCptsOf(page: Page, insee: string, structureId: string): Promise<any> {
  const empty = (await callAs(page, 'GET', `/api/v1/search?insee=${insee}&radiusKm=3`)).body;
  const found = (await callAs(page, 'GET', `/api/v1/search?insee=${insee}&radiusKm=12&enSus=true`)).body;
  return askEnSus(page, { structureId, at: inOneHour(), emptySearchId: empty.searchId }, { searchId: found.searchId });
}

export const inOneHour = (): string => systemClock.now().add({ hours: 1 }).round('minute').toString();

export const act = (page: Page, orientationId: string, action: string, body: unknown = {}): Promise<Answer> =>
  callAs(page, 'POST', `/api/v1/orientations/${orientationId}/${action}`, body);

/** The request with its chain, as the operator sees it. */
export const requestOf = async (page: Page, id: string): Promise<RequestView> => (await callAs(page, 'GET', `/api/v1/requests/${id}`)).body;

/** What those who receive see of it. */
export const inboxOf = async (page: Page): Promise<{ items: InboxItem[]; structures: { id: string }[] }> => (await callAs(page, 'GET', '/api/v1/requests/inbox')).body;
