import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { cx } from '../../../../ui/class-names.ts';
import { DataTable, type Column } from '../../../../ui/data-table.tsx';
import { SegmentField } from '../../../../ui/field.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import type { AnswerOf } from '../../../../ui/api.ts';
import { routes, type Acts } from '../../contract-outcomes.ts';
import { quarterOf } from '../../domain/outcome-acts.ts';
import { tierInWords, weekInWords } from './words.ts';
import css from './acts-section.module.css';

type Answer = AnswerOf<typeof routes.myActs>;
type Which = 'this' | 'last';

const noWeek = { honoured: 0, awaited: 0 };
const weekOf = (acts: Acts, week: string) => acts.weeks.find((one) => one.week === week) ?? noWeek;

/** What one did for the SAS in the quarter: steps of indicator 9, weekly cap of unscheduled care, done and not come. Counts, no money. */
export function ActsSection() {
  const today = useNow(60_000).toZonedDateTimeISO(useZone()).toPlainDate();
  const [which, setWhich] = useState<Which>('this');
  const quarter = quarterOf(which === 'this' ? today : today.subtract({ months: 3 })).name;
  const query = useApi(routes.myActs, { query: { quarter } }, { topics: ['orientation'], keepPrevious: true });
  return (
    <Section
      title="Mes actes pour le SAS"
      actions={<SegmentField<Which> label="Trimestre" value={which} onChange={setWhich} choices={[{ value: 'this', label: 'En cours' }, { value: 'last', label: 'Précédent' }]} />}
    >
      <QueryView query={query} isEmpty={({ acts }) => acts.length === 0} empty={<p className={css.nothing}>Aucun acte adressé par le SAS dans ce trimestre.</p>}>
        {(answer) => (answer.acts.length === 1 ? <OneReceiver acts={answer.acts[0]!} answer={answer} /> : <Receivers answer={answer} />)}
      </QueryView>
    </Section>
  );
}

function OneReceiver({ acts, answer }: { acts: Acts; answer: Answer }) {
  const { outcomes, indicator9 } = acts;
  const week = weekOf(acts, answer.week);
  return (
    <div className={css.figures}>
      <section className={css.figure}>
        <h3>Indicateur 9, {answer.quarter}</h3>
        <p className={css.big}><strong>{indicator9.accepted}</strong> patients pris en sus</p>
        <Steps tiers={answer.tiers} count={indicator9.accepted} />
        <p>{tierInWords(acts)}</p>
        <p className={css.soft}>{indicator9.honoured} venus. Un créneau de votre agenda n’y compte jamais. Les paliers sont ceux publiés ; rien n’est payé ici.</p>
      </section>
      <section className={css.figure}>
        <h3>Actes SNP, semaine {answer.week.slice(-2)}</h3>
        <p className={css.big}><strong>{week.honoured}</strong> sur {answer.snpWeeklyCap}{week.honoured > answer.snpWeeklyCap && <Badge tone="warn">plafond dépassé</Badge>}</p>
        <Bar value={week.honoured} coming={week.awaited} max={answer.snpWeeklyCap} />
        <p>{weekInWords(week, answer.snpWeeklyCap)}.</p>
        <p className={css.soft}>Patients vus dans les 48 h de la régulation, aux heures du SAS, dont vous n’êtes pas le médecin traitant.</p>
      </section>
      <section className={css.figure}>
        <h3>Suites du trimestre</h3>
        <dl className={css.outcomes}>
          {([['Venus', outcomes.honoured], ['Pas venus', outcomes.noShow], ['À venir ou à dire', outcomes.awaited], ['Non renseignés', outcomes.untold], ['Annulés', outcomes.cancelled]] as const).map(([label, count]) => (
            <div key={label}><dt>{label}</dt><dd>{count}</dd></div>
          ))}
        </dl>
      </section>
      <WeekByWeek acts={acts} answer={answer} />
    </div>
  );
}

/** The acts of each week, on demand: the present week is told above. */
function WeekByWeek({ acts, answer }: { acts: Acts; answer: Answer }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={css.table}>
      <Button look="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>{open ? 'Masquer les semaines' : 'Semaine par semaine'}</Button>
      {open && (
        <DataTable
          label={`Actes SNP par semaine, ${answer.quarter}`}
          rows={acts.weeks}
          columns={[
            { id: 'week', label: 'Semaine', value: ({ week: name }) => name },
            { id: 'monday', label: 'Lundi', value: ({ monday }) => monday, render: ({ monday }) => Temporal.PlainDate.from(monday).toLocaleString('fr-FR', { day: 'numeric', month: 'long' }) },
            { id: 'honoured', label: 'Faits', align: 'end', value: ({ honoured }) => honoured },
            { id: 'awaited', label: 'À venir ou à dire', align: 'end', value: ({ awaited }) => awaited },
            { id: 'beyond', label: `Au-delà de ${answer.snpWeeklyCap}`, align: 'end', value: ({ honoured }) => Math.max(0, honoured - answer.snpWeeklyCap) },
          ]}
          rowKey={({ week: name }) => name}
          initialSort={{ column: 'week', descending: true }}
          exportName={`actes-snp-${answer.quarter}`}
          empty={<p className={css.nothing}>Aucun acte SNP dans ce trimestre.</p>}
        />
      )}
    </div>
  );
}

/** The published steps, with the count reached. */
function Steps({ tiers, count }: { tiers: Answer['tiers']; count: number }) {
  return (
    <ol className={css.steps} aria-label="Paliers de l’indicateur 9">
      {tiers.map(({ from, to }, index) => (
        <li key={from} className={cx(css.step, count >= from && css.reached)}>
          <span>Palier {index + 1}{count >= from && <span className={css.hidden}> (atteint)</span>}</span>
          <span className={css.soft}>{from} à {to}</span>
        </li>
      ))}
    </ol>
  );
}

function Bar({ value, coming, max }: { value: number; coming: number; max: number }) {
  const width = (count: number) => `${Math.min(100, (count / Math.max(max, value + coming)) * 100)}%`;
  return (
    <div className={css.bar} aria-hidden="true">
      <span className={css.done} style={{ width: width(value) }} />
      <span className={css.coming} style={{ width: width(coming) }} />
    </div>
  );
}

/** A structure, or a delegate of several: one line each. */
function Receivers({ answer }: { answer: Answer }) {
  const columns: readonly Column<Acts>[] = [
    { id: 'label', label: 'Professionnel ou structure', value: ({ label }) => label, render: ({ label }) => <strong>{label}</strong> },
    { id: 'excess', label: 'En sus acceptés', align: 'end', value: ({ indicator9 }) => indicator9.accepted },
    { id: 'tier', label: 'Palier', align: 'end', value: ({ indicator9 }) => indicator9.reached ?? 0, render: ({ indicator9 }) => indicator9.reached ?? 'aucun' },
    { id: 'snp', label: `SNP, semaine ${answer.week.slice(-2)} (sur ${answer.snpWeeklyCap})`, align: 'end', value: (acts) => weekOf(acts, answer.week).honoured },
    { id: 'honoured', label: 'Venus', align: 'end', value: ({ outcomes }) => outcomes.honoured },
    { id: 'noShow', label: 'Pas venus', align: 'end', value: ({ outcomes }) => outcomes.noShow },
    { id: 'awaited', label: 'À venir ou à dire', align: 'end', value: ({ outcomes }) => outcomes.awaited },
    { id: 'untold', label: 'Non renseignés', align: 'end', value: ({ outcomes }) => outcomes.untold },
  ];
  return <DataTable label={`Actes du trimestre ${answer.quarter}`} rows={answer.acts} columns={columns} rowKey={({ key }) => key} filterLabel="Filtrer" exportName={`actes-${answer.quarter}`} />;
}
