import { useState } from 'react';
import { Link } from 'react-aria-components';
import { roleLabels } from '../../../../identity/contract.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { CheckIcon } from '../../../../ui/icons.tsx';
import { Moment, useNow, useZone } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { mayOpen, useAccount } from '../../../../ui/session.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { formatDay } from '../../../../ui/time.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes as telephony } from '../../../telephony/contract.ts';
import { routes } from '../../contract.ts';
import { Age } from '../file/age.tsx';
import { PriorityMark } from '../file/priority-mark.tsx';
import { placeWords, shortNumber } from '../file/words.ts';
import { dossierCount, type Handover, inQueues, keepers, type Line, mine, nextChange, QUEUES, receivers, writtenComments } from './handover-model.ts';
import css from './handover.module.css';

/** End of a post, or of the SAS hours (PDSA-05): what is in hand is passed on with a word for each, and signed. */
export default function HandoverScreen() {
  const account = useAccount();
  const { data, error, refetch } = useApi(routes.handover, {}, { topics: ['handover', 'dossier', 'queue'] });
  const everything = mayOpen(account, ['superviseur', 'arm-coordonnateur']);
  return (
    <Page title="Transmission" intro={<>Avant de quitter votre poste, confiez chaque dossier que vous avez en main à un collègue. <NextChange /></>}>
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && (
        <div className={css.columns}>
          <div className={css.column}>
            <MyDossiers lines={mine(data.dossiers, account.id)} />
            {everything && <RoomRest handover={data} />}
          </div>
          <Section title="Signées depuis 12 heures"><Signatures signedBy={data.signedBy} /></Section>
        </div>
      )}
    </Page>
  );
}

function NextChange() {
  const account = useAccount();
  const zone = useZone();
  const now = useNow(60_000);
  const code = account.territories.find((one) => one !== '*') ?? '';
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const { data } = useApi(territory.calendar, { params: { code }, query: { from: today.toString(), to: today.add({ days: 3 }).toString() } }, { enabled: code !== '', staleMs: 3_600_000 });
  const change = data && nextChange(data.periods, now);
  if (!change) return null;
  return <>Prochain passage en heures {change.to} : <strong>{formatDay(change.at, zone, now)} à <Moment at={change.at} /></strong>.</>;
}

function MyDossiers({ lines }: { lines: readonly Line[] }) {
  const account = useAccount();
  const refresh = useRefresh();
  const [to, setTo] = useState<string | null>(null);
  const [comment, setComment] = useState('');
  const [comments, setComments] = useState<Record<string, string>>({});
  const [confirming, setConfirming] = useState(false);
  const { data: board } = useApi(telephony.board, {}, { topics: ['agent'] });
  const choices = receivers(board?.levels.flatMap((level) => level.agents) ?? [], account.id);
  const receiver = choices.find(({ value }) => value === to) ?? null;
  const sign = useAction(routes.signHandover, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `Transmission signée : ${dossierCount(lines.length)}.` });
      setComments({});
      setComment('');
      setTo(null);
      setConfirming(false);
      void refresh(routes.handover);
    },
  });
  const name = receiver?.value === QUEUES ? 'aux files d’attente' : `à ${receiver?.label.split(',')[0]}`;

  return (
    <Section title={`Mes dossiers en main (${lines.length})`}>
      {lines.length === 0 && <EmptyState title="Rien à transmettre"><p>Aucun dossier n’est entre vos mains : vous pouvez quitter votre poste.</p></EmptyState>}
      {lines.length > 0 && (
        <form
          className={css.form}
          aria-label="Transmission"
          onSubmit={(event) => {
            event.preventDefault();
            if (receiver) setConfirming(true);
          }}
        >
          <ul className={css.lines} aria-label="Dossiers à transmettre">
            {lines.map((line) => (
              <li key={line.id}>
                <PriorityMark priority={line.priority} />
                <span className={css.what}>
                  <Link href={`/dossiers/${line.id}`}>{line.motive?.label ?? 'Motif à préciser'}</Link>
                  <span className={css.soft}>{[line.summary, line.city, placeWords(line), `n° ${shortNumber(line.number)}`].filter(Boolean).join(' · ')}</span>
                </span>
                <Age since={line.openedAt} />
                <TextField label={`À savoir sur le n° ${shortNumber(line.number)}`} maxLength={500} value={comments[line.id] ?? ''} onChange={(text) => setComments({ ...comments, [line.id]: text })} placeholder="ce qui reste à faire" />
              </li>
            ))}
          </ul>
          <div className={css.sign}>
            <SelectField label="À qui" isRequired value={to} onChange={setTo} choices={choices} placeholder="Choisir" />
            <TextField label="Un mot pour toute la relève" maxLength={500} value={comment} onChange={setComment} />
            <Button type="submit" look="main" isDisabled={!receiver}>Signer la transmission</Button>
          </div>
        </form>
      )}
      {confirming && receiver && (
        <ConfirmDialog
          title={`Confier ${dossierCount(lines.length)} ${name} ?`}
          open
          onClose={() => setConfirming(false)}
          action={`Signer au nom de ${account.displayName}`}
          pending={sign.isPending}
          problem={sign.error}
          onConfirm={() => sign.mutate({ body: { to: receiver.value, dossierIds: lines.map(({ id }) => id), comment: comment.trim(), comments: writtenComments(comments, lines) } })}
        >
          <ul>{lines.map((line) => <li key={line.id}>{line.priority}, {line.motive?.label ?? 'motif à préciser'}, n° {shortNumber(line.number)}</li>)}</ul>
          <p>{receiver.value === QUEUES ? 'Ils reprennent leur place dans leur file, avec leur ancienneté.' : 'Ils passent entre ses mains tout de suite.'} Vos mots sont gardés dans chaque dossier ; la signature est au journal.</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

/** For whoever answers for the room: what remains, and in whose hands. */
function RoomRest({ handover }: { handover: Handover }) {
  const rest = keepers(handover);
  return (
    <Section title="Dans la salle">
      {rest.length === 0 && <Note tone="ok" icon={<CheckIcon />}>Plus aucun dossier entre les mains de quelqu’un.</Note>}
      {rest.length > 0 && (
        <table className={css.rest} aria-label="Dossiers entre les mains de chacun">
          <thead><tr><th scope="col">Qui</th><th scope="col">En main</th><th scope="col">Dernière signature</th></tr></thead>
          <tbody>{rest.map(({ name, count, signedAt }) => <tr key={name}><th scope="row">{name}</th><td>{count}</td><td>{signedAt ? <Moment at={signedAt} day /> : <Badge tone="warn">pas signé</Badge>}</td></tr>)}</tbody>
        </table>
      )}
      <p className={css.soft}>{dossierCount(inQueues(handover.dossiers))} dans les files, que personne n’a à transmettre.</p>
    </Section>
  );
}

function Signatures({ signedBy }: Pick<Handover, 'signedBy'>) {
  if (signedBy.length === 0) return <p className={css.soft}>Personne n’a encore signé.</p>;
  return (
    <ol className={css.signed}>
      {signedBy.map(({ name, at, to, count, comment }) => (
        <li key={`${name} ${at}`}>
          <span><strong>{name}</strong> <span className={css.soft}><Moment at={at} day /></span></span>
          <span>{dossierCount(count)} {to === QUEUES ? 'aux files d’attente' : `à ${to}`}</span>
          {comment && <q>{comment}</q>}
        </li>
      ))}
    </ol>
  );
}
