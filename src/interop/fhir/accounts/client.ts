import { EditorFailure } from '../../../platform/availability/domain/editor.ts';
import type { SendAccount, SendOutcome } from '../../../platform/availability/domain/vendor-account.ts';
import { outcomeText, parseJson } from '../editor/answer.ts';
import type { EditorHttp, EditorResponse } from '../editor/http.ts';
import { editorUrl } from '../editor/request.ts';
import { regulatorResource, tokenOf } from './regulator.ts';

/** What a refusal means, before the vendor's own words. */
const refusals: Readonly<Record<number, string>> = {
  400: "L'éditeur juge notre message mal formé",
  401: "L'éditeur ne nous laisse pas écrire de comptes",
  403: "L'éditeur ne nous laisse pas écrire de comptes",
  404: "L'éditeur n'a pas de service de comptes à son adresse",
  405: "L'éditeur n'a pas de service de comptes à son adresse",
  409: "L'éditeur a déjà un compte qui porte cet identifiant",
  412: "Plusieurs comptes de cet éditeur portent le même identifiant",
  422: "L'éditeur refuse ce compte",
  501: "L'éditeur n'a pas de service de comptes à son adresse",
};
/** Statuses that say nothing of what was done: a failing server, or one that asks to come back. */
const isUnclear = (status: number): boolean => status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
const isDone = (status: number): boolean => (status >= 200 && status < 300) || status === 304;

/** Writes regulators' accounts at the vendors (INT_R02), over the connections of their slots. Never throws for a vendor's fault. */
export const createAccountSender = (http: Pick<EditorHttp, 'write'>): SendAccount =>
  async (editor, { target, account }, signal) => {
    try {
      const url = editorUrl(editor.baseUrl, 'Practitioner', target ? [['identifier', tokenOf(target)]] : []);
      return outcomeOf(await http.write(editor, { method: target ? 'PUT' : 'POST', url, resource: regulatorResource(account) }, signal));
    } catch (error) {
      if (error instanceof EditorFailure) return { kind: 'unknown', status: null, message: error.message };
      throw error;
    }
  };

function outcomeOf({ status, text }: EditorResponse): SendOutcome {
  if (isDone(status)) return { kind: 'done' };
  const words = outcomeText(parseJson(text));
  const said = words ? ` (${status}). Il dit : ${words}` : ` (${status}), sans dire pourquoi.`;
  if (isUnclear(status)) return { kind: 'unknown', status, message: `Le serveur de l'éditeur est en échec${said}` };
  return { kind: 'refused', status, message: `${refusals[status] ?? "L'éditeur refuse notre message"}${said}` };
}
