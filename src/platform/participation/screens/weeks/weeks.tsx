import { useState } from 'react';
import { Badge } from '../../../../ui/badge.tsx';
import { Button, ButtonLink } from '../../../../ui/button.tsx';
import { CheckIcon, CrossIcon, WaitIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { QueryView } from '../../../../ui/states.tsx';
import { routes, type WeekVerdict, type YearVerdict } from '../../contract.ts';
import type { Subject } from '../subjects.ts';
import { refusalsInWords, weekAdvice, weekName, weekState, yearInWords } from '../words.ts';
import { YearFigure } from './year-figure.tsx';
import css from '../participation.module.css';

const NEXT_SHOWN = 3;

/** The weeks of one doctor, or of one structure: this one, the next, the year. */
export function Weeks({ subject }: { subject: Subject }) {
  const zone = useZone();
  const present = useNow(60_000).toZonedDateTimeISO(zone).yearOfWeek!;
  const [year, setYear] = useState(present);
  const query = useApi(routes.participationWeeks, { query: { ...subject, year: String(year) } }, { topics: ['participation', 'slot', 'opening'], keepPrevious: true });
  return (
    <QueryView query={query} lines={8}>
      {({ weeks, verdict }) => (
        <div className={css.cards}>
          {year === present && <Near weeks={weeks} subject={subject} />}
          <article className={css.card} aria-label={`Année ${year}`}>
            <header className={css.head}>
              <h3>Année {year}</h3>
              <div className={css.actions}>
                <Button small onPress={() => setYear(year - 1)}>{String(year - 1)}</Button>
                <Button small isDisabled={year === present} onPress={() => setYear(year + 1)}>{String(year + 1)}</Button>
              </div>
            </header>
            <p>{yearInWords(verdict)}</p>
            <Conditions verdict={verdict} />
            <YearFigure weeks={weeks} year={year} />
          </article>
        </div>
      )}
    </QueryView>
  );
}

/** This week in large, and those that come. */
function Near({ weeks, subject }: { weeks: readonly WeekVerdict[]; subject: Subject }) {
  const at = weeks.findIndex(({ ongoing }) => ongoing);
  const week = weeks[at];
  if (!week) return null;
  const { words, tone } = weekState(week);
  const short = week.status === 'missing' || (week.status === 'not-applicable' && week.why === 'partial');
  return (
    <div className={css.weeks}>
      <div className={`${css.week} ${css.present}`} data-tone={tone}>
        <strong>Cette semaine, {weekName(week.monday)}</strong>
        <Badge tone={tone} icon={week.status === 'met' ? <CheckIcon size={12} /> : short && <WarnIcon size={12} />}>{words}</Badge>
        <span>{weekAdvice(week)}</span>
      </div>
      {weeks.slice(at + 1, at + 1 + NEXT_SHOWN).map((next) => <NextWeek key={next.key} week={next} />)}
      <p className={css.soft}>Chaque semaine compte pour elle-même : 0 h une semaine puis 4 h la suivante, la première reste manquante.</p>
      <div className={css.actions}>
        <ButtonLink look={short ? 'main' : 'plain'} href={subject.structureId ? `/disponibilites?structure=${encodeURIComponent(subject.structureId)}` : '/disponibilites'}>Ajouter des disponibilités</ButtonLink>
      </div>
    </div>
  );
}

function NextWeek({ week }: { week: WeekVerdict }) {
  const { words, tone } = weekState(week);
  return (
    <div className={css.week}>
      <strong>{weekName(week.monday)}</strong>
      <Badge tone={tone} icon={week.enough ? <CheckIcon size={12} /> : null}>{words}</Badge>
      <span>{weekAdvice(week)}</span>
    </div>
  );
}

/** The conditions one by one: what the SAS can tell, and what it cannot. */
function Conditions({ verdict: { refusals, met, missing, tolerance } }: { verdict: YearVerdict }) {
  const lacks = (refusal: YearVerdict['refusals'][number]) => refusals.includes(refusal);
  const count = (weeks: number) => `${weeks} semaine${weeks > 1 ? 's' : ''}`;
  return (
    <ul className={css.conditions} aria-label="Conditions">
      <Condition ok={!lacks('not-launched')} words={lacks('not-launched') ? 'SAS lancé : pas encore' : 'SAS lancé'} />
      <Condition ok={!lacks('not-declared')} words={lacks('not-declared') ? '« Je participe au SAS » : à déclarer' : '« Je participe au SAS » : déclaré'} />
      <Condition ok={!lacks('weeks-missing') && !lacks('no-week')}
        words={lacks('no-week') ? `2 heures chaque semaine : ${refusalsInWords(['no-week'])}` : `2 heures chaque semaine : ${count(met)} tenue${met > 1 ? 's' : ''}, ${missing} manquante${missing > 1 ? 's' : ''} (${tolerance === 0 ? 'aucune n’est tolérée' : `${tolerance} tolérée${tolerance > 1 ? 's' : ''}`})`} />
      <li data-tone="soft"><WaitIcon size={16} />Volet 1 du forfait structure : à vérifier par la CPAM</li>
    </ul>
  );
}

const Condition = ({ ok, words }: { ok: boolean; words: string }) => (
  <li data-tone={ok ? 'ok' : 'bad'}><span role="img" aria-label={ok ? 'remplie' : 'non remplie'}>{ok ? <CheckIcon size={16} /> : <CrossIcon size={16} />}</span><span>{words}</span></li>
);
