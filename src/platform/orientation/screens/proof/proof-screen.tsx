import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import type { AnswerOf } from '../../../../ui/api.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { Facts } from '../../../../ui/facts.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { CabinetIcon, CheckIcon, PersonIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { Moment, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { routes } from '../../contract.ts';
import { compareOrders, criteriaInWords, dateInWords, eventInWords, whoOf, type ComparedRank } from './words.ts';
import css from './proof.module.css';

type Proof = AnswerOf<typeof routes.proof>;

const FIRST_RANKS = 40;

/** The proof of neutrality of one search: what was asked, the order shown, the same order replayed, what happened. */
export default function ProofScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useApi(routes.proof, { params: { id } });
  useCommand({ id: 'proof:print', label: 'Imprimer cette preuve', group: 'Preuve', run: () => window.print(), enabled: query.data !== undefined });
  if (query.data) return <ProofPage proof={query.data} />;
  return (
    <Page title="Preuve de neutralité">
      {query.error ? <ProblemState problem={query.error} roleNames={roleLabels} onRetry={() => void query.refetch()} /> : <Loading lines={10} />}
    </Page>
  );
}

function ProofPage({ proof }: { proof: Proof }) {
  const zone = useZone();
  const dated = (instant: string) => dateInWords(instant, zone);
  const ranks = compareOrders(proof.shown, proof.replayed);
  const differences = ranks.filter(({ same }) => !same);
  return (
    <Page
      title="Preuve de neutralité"
      intro={`Recherche faite le ${dated(proof.at)}, territoire ${proof.territory}. Elle ne contient rien du patient.`}
      actions={<Button onPress={() => window.print()}>Imprimer</Button>}
    >
      {proof.identical ? (
        <Note tone="ok" icon={<CheckIcon />} title="Classement identique">
          Recalculé à partir des données gardées, le classement donne le même ordre sur {ranks.length === 1 ? 'son seul rang' : `ses ${ranks.length} rangs`}.
        </Note>
      ) : (
        <Note tone="bad" icon={<WarnIcon />} title="Classement différent">
          Recalculé à partir des données gardées, le classement diffère sur {differences.length} rangs : {differences.slice(0, 12).map(({ rank }) => rank).join(', ')}{differences.length > 12 && '…'}.
        </Note>
      )}
      <div className={css.columns}>
        <Section title="Ce qui a été demandé"><Facts items={criteriaInWords(proof.criteria, dated)} /></Section>
        <Section title="Ce qui décide l’ordre">
          <Facts
            items={[
              ['Dans un niveau', proof.ranking === 'distance' ? 'au plus proche, à égalité par tirage neutre' : 'par tirage neutre : aucune adresse précise n’était donnée'],
              ['Graine du tirage', <code key="seed">{proof.seed}</code>],
              ['Charte', proof.charterVersion === null ? 'aucune charte dans ce territoire' : `version ${proof.charterVersion}`],
              ['Candidats', String(proof.shown.length)],
              ['Recherche', <code key="id">{proof.searchId}</code>],
            ]}
          />
        </Section>
      </div>
      <Section title="Ce qui s’est passé"><Events events={proof.events} /></Section>
      <Section title="Classement"><Ranks ranks={ranks} /></Section>
    </Page>
  );
}

function Events({ events }: { events: Proof['events'] }) {
  if (events.length === 0) return <p>Rien n’a été noté : la recherche a été interrompue.</p>;
  return (
    <ol className={css.events}>
      {events.map((event, index) => {
        const { title, detail } = eventInWords(event);
        return <li key={index}><span className={css.soft}><Moment at={event.at} /></span><span>{title}</span><span className={css.soft}>{detail}</span></li>;
      })}
    </ol>
  );
}

function Ranks({ ranks }: { ranks: readonly ComparedRank[] }) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, ranks.length - FIRST_RANKS);
  if (ranks.length === 0) return <p>Aucun candidat ne répondait à cette recherche.</p>;
  return (
    <>
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Classement">
        <table className={css.ranks}>
          <thead><tr><th scope="col">Rang</th><th scope="col">Montré alors</th><th scope="col">Recalculé</th><th scope="col">Pourquoi à ce rang</th></tr></thead>
          <tbody>
            {ranks.map((one) => (
              <tr key={one.rank} data-differs={!one.same} data-beyond={!all && one.rank > FIRST_RANKS}>
                <th scope="row">{one.rank}</th>
                <td>{one.shown ? <Key value={one.shown} /> : '—'}</td>
                <td>{one.same ? <span className={css.same}><CheckIcon size={12} /> identique</span> : one.replayed ? <Key value={one.replayed} /> : '—'}</td>
                <td className={css.soft}>{one.why.join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && <div className={css.more}><Button onPress={() => setAll(true)}>Montrer les {hidden} autres rangs</Button></div>}
    </>
  );
}

function Key({ value }: { value: string }) {
  const { kind, label, place } = whoOf(value);
  return <span className={css.key}>{kind === 'professional' ? <PersonIcon size={12} /> : <CabinetIcon size={12} />}<span>{label}</span>{place && <span className={css.soft}>{place}</span>}</span>;
}
