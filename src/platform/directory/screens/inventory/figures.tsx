import { inventoryFigures, type InventoryEffector } from '../../contract.ts';
import css from './inventory.module.css';

const SHOWN = 6;
const count = (value: number) => value.toLocaleString('fr-FR');

/** Share interfaced, softwares and sources, in figures and bars. */
export function Figures({ effectors }: { effectors: readonly InventoryEffector[] }) {
  const { softwares, sources, taking, interfaced } = inventoryFigures(effectors.map((one) => ({ ...one, taking: one.participation !== null })));
  return (
    <div className={css.figures}>
      <section>
        <h2>Participants interfacés</h2>
        <p className={css.figure}>{taking === 0 ? '—' : `${Math.floor((interfaced / taking) * 100)} %`}</p>
        <p className={css.soft}>{count(interfaced)} sur {count(taking)} participants ont des créneaux vus par le SAS. {count(effectors.length)} effecteurs recensés.</p>
      </section>
      <Bars title="Par logiciel" shares={softwares} total={effectors.length} />
      <Bars title="Par source" shares={sources} total={effectors.length} />
    </div>
  );
}

function Bars({ title, shares, total }: { title: string; shares: readonly { label: string; count: number }[]; total: number }) {
  const others = shares.slice(SHOWN).reduce((sum, share) => sum + share.count, 0);
  const shown = [...shares.slice(0, SHOWN), ...(others > 0 ? [{ label: `${shares.length - SHOWN} autres`, count: others }] : [])];
  return (
    <section>
      <h2>{title}</h2>
      <ul className={css.bars}>
        {shown.map((share) => (
          <li key={share.label}>
            <span>{share.label}</span>
            <span className={css.bar} aria-hidden="true"><span style={{ width: `${(share.count / Math.max(1, total)) * 100}%` }} /></span>
            <strong>{count(share.count)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
