import type { Editor } from '../../../platform/availability/contract.ts';
import { EditorFailure, type EditorQuestion } from '../../../platform/availability/domain/editor.ts';
import { formatInstant } from '../dates.ts';
import { IDNPS_SYSTEM, IDNST_SYSTEM } from '../systems.ts';

export const MAX_PROFESSIONALS = 25;
export const MAX_ASSOCIATIONS = 10;

/** How the editor is asked: the two CPTS includes go to every slot search of an editor that has that flow (INT_R04). */
export const effectiveFlow = (editor: Pick<Editor, 'flows'>, question: Pick<EditorQuestion, 'flow'>): 'ps' | 'cpts' | 'sos' => {
  if (question.flow === 'sos') return 'sos';
  return editor.flows.includes('cpts') ? 'cpts' : 'ps';
};

/**
 * The exact URL of INT_R01, INT_R04 or the SOS Médecins search (interop-sas 2.2 to 2.4).
 * @throws TypeError for more ids than one call may carry, none, or an id that is no national id: the caller is wrong
 */
export function slotRequestUrl(editor: Pick<Editor, 'baseUrl' | 'flows'>, question: EditorQuestion): URL {
  const limit = question.flow === 'sos' ? MAX_ASSOCIATIONS : MAX_PROFESSIONALS;
  if (question.ids.length === 0 || question.ids.length > limit) {
    throw new TypeError(`A ${question.flow} question carries 1 to ${limit} ids, not ${question.ids.length}`);
  }
  const wrong = question.ids.find((id) => !/^\d[\dAB]{9,14}$/.test(id));
  if (wrong !== undefined) throw new TypeError(`Not a prefixed national id: ${wrong}`);
  return editorUrl(editor.baseUrl, question.flow === 'sos' ? 'Schedule' : 'Slot', parametersOf(editor, question));
}

type Parameters = readonly (readonly [name: string, value: string])[];

function parametersOf(editor: Pick<Editor, 'flows'>, question: EditorQuestion): Parameters {
  const from = `ge${formatInstant(question.from)}`;
  const to = `le${formatInstant(question.to)}`;
  if (question.flow === 'sos') {
    return [
      ['_revinclude', 'Slot:schedule'],
      ['_include', 'Schedule:actor:Location'],
      ['_include:iterate', 'Location:organization'],
      ['_has:Slot:schedule:start', from],
      ['_has:Slot:schedule:start', to],
      ['_has:Slot:schedule:status', 'free'],
      ['actor:Location.organization.identifier', tokens(IDNST_SYSTEM, question.ids)],
    ];
  }
  const cpts: Parameters = [['_include', 'Slot:service-type-reference'], ['_include:iterate', 'HealthcareService:organization']];
  return [
    ['_include', 'Slot:schedule'],
    ['_include:iterate', 'Schedule:actor'],
    ['start', from],
    ['start', to],
    ['schedule.actor:Practitioner.identifier', tokens(IDNPS_SYSTEM, question.ids)],
    ['status', 'free'],
    ...(effectiveFlow(editor, question) === 'cpts' ? cpts : []),
  ];
}

const tokens = (system: string, ids: readonly string[]) => ids.map((id) => `${system}|${id}`).join(',');

/** Only what must be is encoded: names and `:` `,` stay as the guide prints them, `|` and `+` do not survive raw. */
const encode = (value: string) => value.replace(/[^\w.:,-]/g, encodeURIComponent);

/** An address under the vendor's base URL. @throws EditorFailure when that is not http(s) */
export function editorUrl(baseUrl: string, path: string, parameters: Parameters = []): URL {
  const base = new URL(baseUrl);
  if (!/^https?:$/.test(base.protocol)) throw new EditorFailure('network', "L'adresse de l'éditeur n'est pas en http ni en https.");
  const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/${path}`);
  url.search = parameters.map(([name, value]) => `${name}=${encode(value)}`).join('&');
  return url;
}
