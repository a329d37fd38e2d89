import { SwitchField } from '../../ui/field.tsx';
import { Section } from '../../ui/frame.tsx';
import { useAction, useApi, useKeep } from '../../ui/query.ts';
import { QueryView } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { routes, type TemplateId } from '../contract.ts';
import css from './preferences.module.css';

/** The optional e-mails that somebody receives or not; those that an account cannot do without are not listed. */
export function MessagePreferences() {
  const query = useApi(routes.messagePreferences, {});
  const keep = useKeep(routes.messagePreferences);
  const save = useAction(routes.saveMessagePreference, {
    onSuccess: (saved) => keep({}, saved),
    onError: (problem) => toast({ tone: 'bad', words: problem.message }),
  });
  const change = (template: TemplateId, wanted: boolean) => save.mutate({ params: { template }, body: { wanted } });
  return (
    <Section title="Mes courriels">
      <QueryView query={query}>
        {({ preferences }) => (
          <div className={css.list}>
            <p className={css.about}>
              {preferences.length === 0
                ? 'Vous ne recevez que les courriels nécessaires à votre compte : adresse, mot de passe, droits, délégations.'
                : 'Ceux-ci sont facultatifs. Les courriels nécessaires à votre compte (adresse, mot de passe, droits, délégations) vous parviennent toujours.'}
            </p>
            {preferences.map(({ template, name, wanted }) => <SwitchField key={template} label={name} isSelected={wanted} onChange={(next) => change(template, next)} />)}
          </div>
        )}
      </QueryView>
    </Section>
  );
}
