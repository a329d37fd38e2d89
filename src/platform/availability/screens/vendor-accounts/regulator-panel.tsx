import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { routes, type RegulatorAtVendors, type VendorAccountView } from '../../contract.ts';
import { VendorState } from './vendor-state.tsx';
import { adviceOf, stateWords } from './words.ts';
import css from './vendor-accounts.module.css';

/** One regulator at each vendor: why something is not done, what to do, and the button that sends it again. */
export function RegulatorPanel({ regulator: { accountId, displayName, vendors }, editors, onClose }: {
  regulator: RegulatorAtVendors; editors: readonly string[]; onClose: () => void;
}) {
  return (
    <SidePanel open onClose={onClose} over="Comptes chez les éditeurs" title={displayName}>
      <div className={css.panel}>
        {editors.map((editor) => {
          const view = vendors.find((one) => one.editor === editor);
          return (
            <section key={editor} className={css.vendor}>
              <h3>{editor}<VendorState words={stateWords(view)} /></h3>
              {view ? <AtVendor accountId={accountId} view={view} /> : <p className={css.soft}>L’éditeur recevra ce compte à la prochaine connexion du régulateur.</p>}
            </section>
          );
        })}
      </div>
    </SidePanel>
  );
}

function AtVendor({ accountId, view }: { accountId: string; view: VendorAccountView }) {
  const { editor, pending, lastError, synchronisedAt, lastAttemptAt, nextAttemptAt, attempts } = view;
  const refresh = useRefresh();
  const retry = useAction(routes.retryVendorAccount, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `Le compte part de nouveau chez ${editor}.` });
      void refresh(routes.vendorAccounts);
    },
  });
  const advice = adviceOf(view);
  return (
    <>
      {lastError && <Note tone={view.state === 'refused' ? 'bad' : 'warn'} title={lastError}>{advice}</Note>}
      <Facts
        items={[
          ['Enregistré', synchronisedAt ? <Moment key="at" at={synchronisedAt} day /> : 'jamais'],
          lastError !== null && lastAttemptAt !== null && ['Dernier essai', <span key="last"><Moment at={lastAttemptAt} day />{attempts > 1 && `, ${attempts}ᵉ de suite`}</span>],
          nextAttemptAt !== null && ['Prochain essai', <Moment key="next" at={nextAttemptAt} day />],
        ]}
      />
      {pending && <div><Button isPending={retry.isPending} onPress={() => retry.mutate({ params: { accountId }, body: { editor } })}>Renvoyer maintenant</Button></div>}
      {retry.error && <Note tone="bad" live>{retry.error.message}</Note>}
    </>
  );
}
