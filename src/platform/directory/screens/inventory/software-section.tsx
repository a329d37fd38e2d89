import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import type { AnswerOf } from '../../../../ui/api.ts';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { inventoryRoutes } from '../../contract.ts';
import { SoftwareFields, type SoftwareDraft } from './software-fields.tsx';
import css from './inventory.module.css';

/** An effecteur says which agenda and software he uses, on his own page. */
export function SoftwareSection() {
  const { data, error, refetch } = useApi(inventoryRoutes.ownSoftware, {}, { topics: ['inventory'] });
  return (
    <Section title="Mon agenda et mon logiciel">
      {data ? <Form key={data.declaredAt} stated={data} /> : error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : <Loading lines={3} />}
    </Section>
  );
}

function Form({ stated }: { stated: AnswerOf<typeof inventoryRoutes.ownSoftware> }) {
  const [draft, setDraft] = useState<SoftwareDraft>({ agenda: stated.agenda, software: stated.software });
  const refresh = useRefresh();
  const save = useAction(inventoryRoutes.declareSoftware, { onSuccess: () => void refresh(inventoryRoutes.ownSoftware) });
  return (
    <div className={css.own}>
      <p className={css.soft}>Le SAS sait ainsi si vos créneaux peuvent lui parvenir tout seuls.{stated.declaredAt && <> Dit <Moment at={stated.declaredAt} day />.</>}</p>
      <ApiForm label="Mon agenda et mon logiciel" problem={save.error} onSubmit={() => save.mutate({ body: draft })}>
        <SoftwareFields draft={draft} onChange={setDraft} known={stated.known} />
        <SubmitBar label="Enregistrer" pending={save.isPending} saved={save.isSuccess ? 'Enregistré' : null} />
      </ApiForm>
    </div>
  );
}
