import { useState } from 'react';
import { Link } from 'react-aria-components';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { NumberField } from '../../../../ui/field.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { CheckIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useLink } from '../../../../ui/live.tsx';
import { Moment, useNow, useZone } from '../../../../ui/moments.tsx';
import { useAccount } from '../../../../ui/session.ts';
import { EmptyState } from '../../../../ui/states.tsx';
import { formatTime, now } from '../../../../ui/time.ts';
import { usePrinting } from '../file/use-printing.ts';
import { shortNumber } from '../file/words.ts';
import { type DegradedForm, emptyForm, formProblems, formTitle, uuidOf } from './form.ts';
import { FormEditor } from './form-editor.tsx';
import { type Entered, forgetEntered, keepForm, nextNumbers, useForms, wipeForm } from './forms-store.ts';
import { Sheets } from './sheet.tsx';
import { useReentry } from './use-reentry.ts';
import css from './degraded.module.css';

const LOST = 'Ce navigateur ne peut rien garder : imprimez la fiche ou écrivez sur papier.';

/** Taking calls without the software, and entering them again afterwards (PCA-02). It works while the server is away. */
export default function DegradedScreen() {
  const account = useAccount();
  const zone = useZone();
  const { forms, entered } = useForms();
  const [open, setOpen] = useState<string | null>(null);
  const [unkept, setUnkept] = useState(false);
  const [sheets, setSheets] = useState<readonly (Pick<DegradedForm, 'number'> & Partial<DegradedForm>)[]>([]);
  const { current, enter } = useReentry();
  const present = useNow(30_000);
  const online = useLink().status !== 'offline';
  const mayEnter = account.roles.some((role) => role !== 'osnp');
  const ready = forms.filter((form) => formProblems(form, zone, present).length === 0);
  const shown = forms.find(({ number }) => number === open) ?? null;

  const keep = (form: DegradedForm, former?: string) => setUnkept(!keepForm(form, former));
  function begin(paper: boolean) {
    // A paper form whose number is not copied yet has no place of its own: it is finished first.
    if (paper && forms.some(({ number }) => number === '')) return setOpen('');
    const at = now();
    const [number] = paper ? [''] : nextNumbers(1);
    const answerId = uuidOf(crypto.getRandomValues(new Uint8Array(16)));
    const day = at.toZonedDateTimeISO(zone).toPlainDate().toString();
    keep(emptyForm(number!, { paper, day, time: paper ? '' : formatTime(at, zone), by: paper ? '' : account.displayName, answerId }));
    setOpen(number!);
  }
  useCommand({ id: 'degraded:new', label: 'Nouvelle fiche d’appel (mode dégradé)', group: 'Mode dégradé', keys: 'n', run: () => begin(false) });
  usePrinting(sheets.length > 0, () => setSheets([]));

  return (
    <>
      <div className={css.screen}>
        <Page
          title="Mode dégradé"
          intro="Le logiciel ne répond plus : prenez les appels ici, ou sur papier. Tout se ressaisit ensuite avec les heures d’origine."
          actions={<><Button look="main" keys="N" onPress={() => begin(false)}>Nouvelle fiche</Button><Button onPress={() => begin(true)}>Ressaisir une fiche papier</Button></>}
        >
          <Where online={online} unkept={unkept} />
          <div className={css.columns}>
            <div className={css.side}>
              <Section title={`À ressaisir (${forms.length})`} actions={online && mayEnter && ready.length > 1 && <Button small look="main" isPending={current !== null} onPress={() => void enter(ready)}>Ressaisir les {ready.length} prêtes</Button>}>
                <FormsList forms={forms} ready={ready} open={open} current={current} onOpen={setOpen} />
              </Section>
              {entered.length > 0 && <EnteredList entered={entered} />}
              <PrintBlank onPrint={(count) => setSheets(nextNumbers(count).map((number) => ({ number })))} />
            </div>
            {shown ? (
              <Section title={`Fiche ${shown.number || 'papier'}`} actions={<FormActions key={shown.number} form={shown} mayEnter={mayEnter && online} isReady={ready.includes(shown)} busy={current !== null} onEnter={() => void enter([shown])} onPrint={() => setSheets([shown])} onWiped={() => setOpen(null)} />}>
                {!mayEnter && <Note>Un OSNP n’ouvre pas de dossier : un ARM ou un médecin ressaisira cette fiche depuis ce poste.</Note>}
                <FormEditor
                  key={shown.answerId}
                  form={shown}
                  locked={current === shown.number}
                  onChange={(form) => {
                    // Two forms of one number would be one: the new number waits until it is free.
                    if (form.number !== shown.number && forms.some(({ number }) => number === form.number)) return;
                    keep({ ...form, problem: null }, shown.number);
                    setOpen(form.number);
                  }}
                />
              </Section>
            ) : <EmptyState title="Aucune fiche ouverte"><p>« Nouvelle fiche » commence un appel maintenant ; son heure et son numéro sont déjà là.</p></EmptyState>}
          </div>
        </Page>
      </div>
      <Sheets forms={sheets} />
    </>
  );
}

/** Whether the server is there, and where what is typed lives: people must know it is on this machine, in clear. */
function Where({ online, unkept }: { online: boolean; unkept: boolean }) {
  return (
    <>
      {unkept && <Note tone="bad" live icon={<WarnIcon />} title="Rien n’est gardé">{LOST}</Note>}
      <Note tone={online ? 'ok' : 'warn'} icon={online ? <CheckIcon /> : <WarnIcon />} title={online ? 'Le serveur répond : ressaisissez les fiches' : 'Serveur injoignable : continuez ici, ne fermez pas cette page'}>
        Les fiches sont gardées dans ce navigateur, sur ce poste seulement, lisibles par qui s’en sert, jusqu’à leur ressaisie ; elles en sont alors effacées. Page fermée,
        elle ne se rouvre pas sans le serveur : gardez des fiches imprimées.
      </Note>
    </>
  );
}

function FormsList({ forms, ready, open, current, onOpen }: { forms: readonly DegradedForm[]; ready: readonly DegradedForm[]; open: string | null; current: string | null; onOpen: (number: string) => void }) {
  if (forms.length === 0) return <p className={css.soft}>Aucune fiche sur ce poste.</p>;
  return (
    <ol className={css.list}>
      {forms.map((form) => (
        <li key={form.number}>
          <button type="button" aria-current={form.number === open} onClick={() => onOpen(form.number)}>
            <span className={css.first}><strong>{form.time || '--:--'}</strong> {formTitle(form)}</span>
            <span className={css.second}>{form.number || 'numéro à recopier'}{state(form, ready, current)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function state(form: DegradedForm, ready: readonly DegradedForm[], current: string | null) {
  if (form.number === current) return <Badge tone="accent">ressaisie en cours</Badge>;
  if (form.problem) return <Badge tone="bad" icon={<WarnIcon size={12} />}>arrêtée</Badge>;
  if (form.attempted) return <Badge tone="warn" icon={<WarnIcon size={12} />}>interrompue</Badge>;
  return ready.includes(form) ? <Badge>à ressaisir</Badge> : <Badge tone="warn">à compléter</Badge>;
}

function EnteredList({ entered }: { entered: readonly Entered[] }) {
  return (
    <Section title="Ressaisies" actions={<Button small look="quiet" onPress={forgetEntered}>Vider</Button>}>
      <ul className={css.entered}>
        {entered.map(({ number, dossierId, dossierNumber, at }) => (
          <li key={number}><CheckIcon size={12} /> {number} à <Moment at={at} /> : <Link href={`/dossiers/${dossierId}`}>dossier {shortNumber(dossierNumber)}</Link></li>
        ))}
      </ul>
    </Section>
  );
}

function FormActions({ form, mayEnter, isReady, busy, onEnter, onPrint, onWiped }: {
  form: DegradedForm; mayEnter: boolean; isReady: boolean; busy: boolean; onEnter: () => void; onPrint: () => void; onWiped: () => void;
}) {
  const [wiping, setWiping] = useState(false);
  return (
    <span className={css.actions}>
      <Button small onPress={onPrint}>Imprimer</Button>
      <Button small look="danger" isDisabled={busy} onPress={() => setWiping(true)}>Effacer</Button>
      <Button look="main" isPending={busy} isDisabled={!mayEnter || !isReady} onPress={onEnter}>{form.attempted ? 'Reprendre la ressaisie' : 'Ressaisir'}</Button>
      {wiping && (
        <ConfirmDialog
          title={`Effacer la fiche ${form.number} ?`} open danger action="Effacer de ce poste" pending={false} problem={null} onClose={() => setWiping(false)}
          onConfirm={() => {
            wipeForm(form.number);
            onWiped();
          }}
        >
          <p>{formTitle(form)}, {form.time}. {form.attempted ? 'Sa ressaisie a commencé : un dossier est peut-être ouvert.' : 'Elle n’est pas ressaisie : l’appel ne sera nulle part dans le logiciel.'}</p>
        </ConfirmDialog>
      )}
    </span>
  );
}

function PrintBlank({ onPrint }: { onPrint: (count: number) => void }) {
  const [count, setCount] = useState(10);
  return (
    <Section title="Fiches vierges">
      <div className={css.blank}>
        <NumberField label="Nombre" value={count} minValue={1} maxValue={100} onChange={(next) => Number.isFinite(next) && setCount(next)} />
        <Button onPress={() => onPrint(count)}>Imprimer</Button>
      </div>
      <p className={css.soft}>Deux par page, numérotées pour ce poste : un numéro ne sert qu’une fois.</p>
    </Section>
  );
}
