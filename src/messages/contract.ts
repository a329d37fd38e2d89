import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import type { Role } from '../identity/contract.ts';
import { showDay } from './domain/kinds.ts';
import { type MessageAudience, type Template, type TemplateId, templateIds, templateOf, templates } from './domain/templates.ts';

export { consultationWords, contactSubjectWords, factorWords, managerRefusalWords, type TemplateId, type ValuesOf } from './domain/templates.ts';
export { showDay };

export const templateIdSchema = z.enum(templateIds);
/** What a template is, in a list. */
export const templateName = (id: string): string | null => (id in templates ? templateOf(id as TemplateId).name : null);

/** Wall-clock day, hour and both of an instant, as the templates take them. */
export function wallClock(at: Temporal.Instant, timeZone: string): { day: string; hour: string; moment: string } {
  const local = at.toZonedDateTimeISO(timeZone).toPlainDateTime();
  const moment = local.toString({ smallestUnit: 'minute' });
  return { day: moment.slice(0, 10), hour: moment.slice(11), moment };
}

/** Roles that receive the optional messages of an audience. */
const rolesOf: Partial<Record<MessageAudience, readonly Role[]>> = {
  titulaire: ['delegataire'], effecteur: ['effecteur'], structure: ['effecteur', 'gestionnaire-structure'],
};

/** The messages that somebody with these roles may receive and do without. */
export const optionalTemplates = (roles: readonly Role[]): TemplateId[] =>
  templateIds.filter((id) => {
    const { optional, audience }: Template = templateOf(id);
    return optional && rolesOf[audience]?.some((role) => roles.includes(role));
  });

export const preferenceSchema = z.object({ template: templateIdSchema, name: z.string(), wanted: z.boolean() });
export type Preference = z.infer<typeof preferenceSchema>;

export const routes = {
  messagePreferences: defineRoute({
    method: 'GET', path: '/api/v1/message-preferences', access: 'signed-in', summary: 'Les courriels facultatifs que je reçois ou non',
    response: z.object({ preferences: z.array(preferenceSchema) }),
  }),
  saveMessagePreference: defineRoute({
    method: 'PUT', path: '/api/v1/message-preferences/:template', access: 'signed-in', summary: 'Recevoir ou ne plus recevoir un courriel facultatif',
    params: z.object({ template: templateIdSchema }), body: z.strictObject({ wanted: z.boolean() }), response: z.object({ preferences: z.array(preferenceSchema) }),
  }),
} as const;
