import { useState } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { CheckIcon, ClockIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { toast } from '../../../../ui/toast.tsx';
import { approvalParties, type ApprovalParty, mayApproveAs, partyLabels, type ProtocolVersion, roleOfParty, routes } from '../../contract.ts';
import css from './protocol.module.css';

const waitedFor: Record<ApprovalParty, string> = { amu: 'un médecin régulateur urgentiste', snp: 'un médecin régulateur généraliste', gouvernance: 'le responsable du SAS' };

type Question = { readonly kind: 'approve'; readonly party: ApprovalParty } | { readonly kind: 'send-back' | 'retire' };

/** Who approved and when, who is still missing, and what this person may do. */
export function Approvals({ version }: { version: ProtocolVersion }) {
  const account = useAccount();
  const [asked, setAsked] = useState<Question | null>(null);
  const { status, approvals } = version;
  const mine = status === 'a-valider' ? mayApproveAs({ accountId: account.id, roles: account.roles }, approvals) : [];
  const writes = mayCall(account, routes.sendBackProtocol);
  const mayRetire = writes && (status === 'brouillon' || status === 'a-valider' || (status === 'en-vigueur' && account.roles.includes(roleOfParty.gouvernance)));
  return (
    <div className={css.approvals}>
      {status === 'brouillon' && <p className={css.soft}>Demandées quand le brouillon sera soumis. Il en faut trois, de trois personnes.</p>}
      {status !== 'brouillon' && (
        <ul className={css.parties}>
          {approvalParties.map((party) => {
            const given = approvals.find((one) => one.party === party);
            return (
              <li key={party}>
                <span className={given ? css.ok : css.soft}>{given ? <CheckIcon /> : <ClockIcon />}</span>
                <div>
                  <strong>{partyLabels[party]}</strong>
                  {given ? <span>validé par {given.name}, <Moment at={given.at} day />{given.comment && <> : « {given.comment} »</>}</span> : <span>{status === 'a-valider' ? 'attendue' : 'non donnée'}, par {waitedFor[party]}</span>}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {mine.map((party) => <Button key={party} look="main" onPress={() => setAsked({ kind: 'approve', party })}>Valider pour la {party === 'gouvernance' ? 'gouvernance' : `filière ${party.toUpperCase()}`}</Button>)}
      {status === 'a-valider' && writes && mine.length === 0 && <p className={css.soft}>{approvals.some(({ accountId }) => accountId === account.id) ? 'Vous avez validé. Une personne ne valide qu’une fois.' : 'Votre rôle n’attend plus de validation ici.'}</p>}
      <div className={css.bar}>
        {status === 'a-valider' && writes && <Button small onPress={() => setAsked({ kind: 'send-back' })}>Renvoyer aux rédacteurs…</Button>}
        {mayRetire && <Button small look="danger" onPress={() => setAsked({ kind: 'retire' })}>{status === 'en-vigueur' ? 'Retirer…' : 'Abandonner cette version…'}</Button>}
      </div>
      {asked && <Ask version={version} asked={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

/** The question asked before a version moves, with the words that are kept. */
function Ask({ version: { id, version, title, missing, status }, asked, onClose }: { version: ProtocolVersion; asked: Question; onClose: () => void }) {
  const [words, setWords] = useState('');
  const refresh = useRefresh();
  const done = (sentence: string) => ({
    onSuccess: () => {
      toast({ tone: 'ok', words: sentence });
      void refresh(routes.protocol);
      onClose();
    },
  });
  const approve = useAction(routes.approveProtocol, done('Validation enregistrée.'));
  const sendBack = useAction(routes.sendBackProtocol, done('Renvoyé aux rédacteurs.'));
  const retire = useAction(routes.retireProtocol, done('Version retirée.'));
  const params = { id };
  if (asked.kind === 'approve') {
    const last = missing.length === 1;
    return (
      <ConfirmDialog
        title={`Valider « ${title} », version ${version} ?`} open onClose={onClose} action={last ? 'Valider et mettre en vigueur' : 'Valider'} pending={approve.isPending} problem={approve.error}
        onConfirm={() => approve.mutate({ params, body: { version, party: asked.party, comment: words } })}
      >
        <p>Vous validez pour : {partyLabels[asked.party]}. Votre nom et l’heure y sont attachés.</p>
        {last && <Note tone="warn">C’est la dernière validation : la version entre en vigueur tout de suite, aux postes du premier décroché.</Note>}
        <TextField label="Remarque (facultative)" value={words} onChange={setWords} lines={2} maxLength={500} />
      </ConfirmDialog>
    );
  }
  const back = asked.kind === 'send-back';
  const action = back ? sendBack : retire;
  return (
    <ConfirmDialog
      title={back ? 'Renvoyer aux rédacteurs ?' : `Retirer la version ${version} ?`} open onClose={onClose} action={back ? 'Renvoyer' : 'Retirer'} danger={!back} pending={action.isPending} problem={action.error}
      isDisabled={words.trim().length < 5} onConfirm={() => action.mutate({ params, body: { version, reason: words.trim() } })}
    >
      <p>{back ? 'Les validations déjà données ne comptent plus ; elles seront redemandées.' : status === 'en-vigueur' ? 'Les postes du premier décroché ne le proposeront plus. Les dossiers qui l’ont suivi ne changent pas.' : 'Ce qui est écrit reste lisible dans la liste des versions.'}</p>
      <TextField label="Motif" value={words} onChange={setWords} lines={2} maxLength={500} isRequired />
    </ConfirmDialog>
  );
}
