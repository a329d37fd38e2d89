import { Link } from 'react-aria-components';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { useZone } from '../../../../ui/moments.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { type Call, levelLabels, routes } from '../../contract.ts';
import { callStateWords, flowWords, formatSecond, formatWait, secondsBetween } from '../words.ts';
import css from './board.module.css';

const partyWords: Record<string, string> = { sis: 'Pompiers (SIS)', cap: 'Centre antipoison', interprete: 'Interprète', dac: 'Coordination (DAC)', autre: 'Autre personne', correspondant: 'Correspondant' };
const sourceWords = { AML: 'position envoyée par le téléphone', cellule: 'antenne du réseau', declaree: 'position déclarée' } as const;

/** One call: what is known of it, and each leg with its instants to the second (TEL-08). */
export function CallPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useApi(routes.call, { params: { id } }, { topics: ['call'] });
  return (
    <SidePanel title={query.data ? callStateWords[query.data.state] : 'Appel'} over={`Appel ${id}`} open onClose={onClose}>
      <QueryView query={query}>{(call) => <Details call={call} />}</QueryView>
    </SidePanel>
  );
}

function Details({ call }: { call: Call }) {
  const zone = useZone();
  const at = (instant: string | null) => instant && formatSecond(instant, zone);
  return (
    <div className={css.details}>
      <Facts items={[
        ['Appelant', call.caller ? formatPhone(call.caller) : 'numéro masqué'],
        ['Ligne', call.callback ? 'appel sortant' : `${flowWords[call.flow]} ${call.dnis}`], ['Niveau', levelLabels[call.level]],
        ['Position', call.position && `${sourceWords[call.position.source]}${call.position.radiusM ? `, à ${call.position.radiusM} m près` : ''}`],
        ['Reçu', at(call.presentedAt)], ['Décroché', at(call.answeredAt)], ['Fin', at(call.endedAt)],
        ['Attente', formatWait(secondsBetween(call.presentedAt, call.answeredAt ?? call.endedAt ?? call.presentedAt))], ['Cause de fin', call.cause],
      ]} />
      {call.dossierId && <p><Link href={`/dossiers/${call.dossierId}`}>Ouvrir le dossier</Link></p>}
      <h3>Jambes</h3>
      <ol className={css.legs}>
        {call.legs.map((leg) => (
          <li key={leg.leg}>
            <strong>{leg.party === 'agent' ? (leg.agentName ?? leg.agent ?? 'agent') : (partyWords[leg.party] ?? leg.party)}</strong>
            {leg.level && <span> {levelLabels[leg.level]}</span>}
            <Facts items={[
              ['En file', at(leg.queuedAt)], ['Sonnerie', at(leg.rangAt)], ['Décroché', at(leg.answeredAt)], ['Fin', at(leg.endedAt)],
              leg.heldSeconds > 0 && ['Mise en attente', formatWait(Math.round(leg.heldSeconds))], ['Cause', leg.endCause],
            ]} />
          </li>
        ))}
        {call.legs.length === 0 && <li>Personne n’a encore sonné.</li>}
      </ol>
    </div>
  );
}
