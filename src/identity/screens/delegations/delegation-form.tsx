import { useState } from 'react';
import { ChoicesField, SelectField, TextField } from '../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../ui/form.tsx';
import { useZone } from '../../../ui/moments.tsx';
import { useAction } from '../../../ui/query.ts';
import { now } from '../../../ui/time.ts';
import { toast } from '../../../ui/toast.tsx';
import { delegationRoutes, delegationScopeLabels, delegationScopes, type DelegationScope } from '../../contract.ts';
import css from './delegations.module.css';

interface NamedSubject {
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly name: string;
}

const idOf = ({ nationalId, structureId }: Pick<NamedSubject, 'nationalId' | 'structureId'>) => nationalId ?? structureId!;
const scopeChoices = delegationScopes.map((value) => ({ value, label: delegationScopeLabels[value] }));
const nobody = { email: '', lastName: '', firstName: '' };

/** To whom, for what, from when to when. The end is always given. */
export function DelegationForm({ subjects }: { subjects: readonly NamedSubject[] }) {
  const today = now().toZonedDateTimeISO(useZone()).toPlainDate();
  const [subject, setSubject] = useState(idOf(subjects[0]!));
  const [person, setPerson] = useState(nobody);
  const [scopes, setScopes] = useState<readonly DelegationScope[]>(['agenda']);
  const [from, setFrom] = useState(today.toString());
  const [until, setUntil] = useState(today.add({ months: 6 }).toString());
  const set = (field: keyof typeof nobody) => (value: string) => setPerson({ ...person, [field]: value });
  const delegate = useAction(delegationRoutes.delegate, {
    onSuccess: ({ delegate: { name, invited } }) => {
      toast({ tone: 'ok', words: invited ? `${name} est invité à ouvrir son compte : la délégation l’y attend.` : `${name} peut agir pour vous ; un message le lui dit.` });
      setPerson(nobody);
    },
  });
  const { nationalId, structureId } = subjects.find((one) => idOf(one) === subject)!;
  return (
    <div className={css.form}>
      <ApiForm label="Nouvelle délégation" problem={delegate.error} onSubmit={() => delegate.mutate({ body: { ...person, nationalId, structureId, scopes: [...scopes], from, until } })}>
        {subjects.length > 1 && <SelectField label="Pour qui elle agira" choices={subjects.map((one) => ({ value: idOf(one), label: one.name }))} value={subject} onChange={setSubject} />}
        <TextField name="email" label="Adresse e-mail de la personne" type="email" isRequired value={person.email} onChange={set('email')} help="Si elle n’a pas de compte, une invitation lui est envoyée." />
        <div className={css.pair}>
          <TextField name="lastName" label="Nom" isRequired value={person.lastName} onChange={set('lastName')} />
          <TextField name="firstName" label="Prénom" isRequired value={person.firstName} onChange={set('firstName')} />
        </div>
        <ChoicesField<DelegationScope> label="Ce qu’elle pourra faire" choices={scopeChoices} value={scopes} onChange={setScopes} />
        <div className={css.pair}>
          <TextField name="from" label="Du" type="date" isRequired value={from} onChange={setFrom} />
          <TextField name="until" label="Au (inclus)" type="date" isRequired value={until} onChange={setUntil} help="Un an au plus." />
        </div>
        <SubmitBar label="Déléguer" pending={delegate.isPending} isDisabled={scopes.length === 0} />
      </ApiForm>
    </div>
  );
}
