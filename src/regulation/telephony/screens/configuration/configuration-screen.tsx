import { useEffect, useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import { ApiProblem } from '../../../../ui/api.ts';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { NumberField } from '../../../../ui/field.tsx';
import { FormProblem } from '../../../../ui/form-problems.ts';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { mayCall, useAccount } from '../../../../ui/session.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { WeekHoursField } from '../../../../ui/week-hours-field.tsx';
import { routes } from '../../contract.ts';
import { type Configuration, configurationOf, type Draft, draftOf, draftProblems, isSame, type Problem, withNumber, withoutNumber, changedNumber } from './draft.ts';
import { NumberRow } from './number-row.tsx';
import css from './configuration.module.css';

/** What the telephone of the room obeys: access numbers, hours of the second level, thresholds (TEL-02, TEL-06, TEL-18). */
export default function ConfigurationScreen() {
  const { data, error, refetch } = useApi(routes.configuration, {});
  return (
    <Page title="Téléphonie" intro="Où entrent les appels, quand le second niveau est ouvert, à partir de quoi le superviseur est alerté. Chaque modification est au journal, avec l’ancienne et la nouvelle.">
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={10} />}
      {data && <Editor configuration={data} />}
    </Page>
  );
}

function Editor({ configuration }: { configuration: Configuration }) {
  const account = useAccount();
  const [draft, setDraft] = useState(() => draftOf(configuration));
  const refresh = useRefresh();
  const save = useAction(routes.configure, { onSuccess: () => refresh(routes.configuration) });
  const unchanged = isSame(draft, configuration);
  const problems = draftProblems(draft);
  const at = (path: string) => problems.find((one) => one.path === path)?.message ?? null;
  const update = (next: Draft) => {
    save.reset();
    setDraft(next);
  };
  useWarnBeforeLeaving(!unchanged);
  const mayWrite = mayCall(account, routes.configure);
  return (
    <ApiForm label="Configuration téléphonique" problem={save.error} onSubmit={() => problems.length === 0 && save.mutate({ body: configurationOf(draft) })}>
      {!mayWrite && <Note>Vous lisez cette configuration ; le superviseur et l’administrateur la modifient.</Note>}
      <FormProblem value={problemsAsRefusal(problems)}>
      <fieldset disabled={!mayWrite} className={css.all}>
        <Section title="Numéros d’accès" actions={<Button isDisabled={!mayWrite} onPress={() => update(withNumber(draft))}>Ajouter un numéro</Button>}>
          <ol className={css.numbers} aria-label="Numéros d’accès">
            {draft.numbers.map((number, index) => (
              <NumberRow
                key={number.key}
                number={number}
                path={`numbers.${index}`}
                problem={at(`numbers.${index}`)}
                onChange={(change) => update(changedNumber(draft, number.key, change))}
                onRemove={() => update(withoutNumber(draft, number.key))}
              />
            ))}
          </ol>
          {at('numbers') && <Note tone="bad" icon={<WarnIcon />}>{at('numbers')}</Note>}
        </Section>
        <div className={css.columns}>
          <Section title="Second niveau">
            <p className={css.soft}>Aux heures dites, les ARM du second niveau et les OSNP traitent. En dehors, le premier niveau passe directement au médecin.</p>
            <WeekHoursField label="Heures d’ouverture" hours={draft.hours} onChange={(hours) => update({ ...draft, hours })} empty="fermé" problem={(index) => at(`bilevelHours.${index}`)} />
          </Section>
          <Section title="Seuils d’alerte">
            <div className={css.thresholds}>
              <Threshold label="Appels en attente, plus de" value={draft.thresholds.waiting} min={1} onChange={(waiting) => update({ ...draft, thresholds: { ...draft.thresholds, waiting } })} />
              <Threshold label="QS30 du N1 sous" unit="%" value={Math.round(draft.thresholds.qs30 * 100)} min={0} max={100} onChange={(value) => update({ ...draft, thresholds: { ...draft.thresholds, qs30: value / 100 } })} />
              <Threshold label="Occupation du N1 au-delà de" unit="%" value={Math.round(draft.thresholds.occupancyN1 * 100)} min={0} max={100} onChange={(value) => update({ ...draft, thresholds: { ...draft.thresholds, occupancyN1: value / 100 } })} />
              <Threshold label="Temps après appel" unit="s" value={draft.thresholds.wrapUpSeconds} min={0} max={600} onChange={(wrapUpSeconds) => update({ ...draft, thresholds: { ...draft.thresholds, wrapUpSeconds } })} />
            </div>
            <p className={css.soft}>Le délai d’alerte d’un P0 que personne ne prend est dans le règlement intérieur.</p>
          </Section>
        </div>
      </fieldset>
      </FormProblem>
      {mayWrite && (
        <div className={css.bar}>
          <SubmitBar label="Enregistrer" pending={save.isPending} isDisabled={unchanged || problems.length > 0} saved={save.isSuccess && unchanged ? 'Enregistré, en vigueur' : null} />
          {!unchanged && <Button look="quiet" onPress={() => update(draftOf(configuration))}>Revenir à ce qui est en vigueur</Button>}
          {problems.length > 0 && <p role="status" className={css.problems}><WarnIcon size={14} /> {problems.length === 1 ? `À corriger : ${problems[0]!.message}` : `${problems.length} points à corriger`}</p>}
        </div>
      )}
    </ApiForm>
  );
}

/** Problems seen here are shown at their fields as those of the server are. */
const problemsAsRefusal = (errors: readonly Problem[]) => (errors.length === 0 ? null : new ApiProblem({ status: 422, code: 'incomplete', title: '', detail: '', errors }));

function Threshold({ label, unit, value, min, max, onChange }: { label: string; unit?: string; value: number; min: number; max?: number; onChange: (value: number) => void }) {
  return <NumberField inline label={label} value={value} minValue={min} {...(max === undefined ? {} : { maxValue: max })} {...(unit ? { unit } : {})} onChange={(next) => Number.isFinite(next) && onChange(next)} />;
}

function useWarnBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
