import { useState } from 'react';
import { roleLabels } from '../../../../identity/contract.ts';
import { Button } from '../../../../ui/button.tsx';
import { SidePanel } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { Section } from '../../../../ui/frame.tsx';
import { useAction, useApi, useRefresh } from '../../../../ui/query.ts';
import { Loading, ProblemState } from '../../../../ui/states.tsx';
import { toast } from '../../../../ui/toast.tsx';
import type { Flow } from '../../contract.ts';
import { interfacingRoutes, type KitLinks, type VendorKit } from '../../contract-interfacing.ts';
import { flowLabels } from './words.ts';
import css from './project.module.css';

type Status = keyof KitLinks['mails'];
const statusLabels: Record<Status, string> = { EN_PROJET: 'en projet', LETTRE_INTENTION: 'lettre d’intention', CONVENTION: 'convention', LANCE: 'lancé', NOMINAL: 'nominal' };
const statuses = Object.keys(statusLabels) as Status[];
const empty: KitLinks = { tutorialUrl: null, faqUrl: null, sheetUrl: null, mails: {} };

/** What is given to a vendor's users, flow by flow. */
export function Kits({ name, flows, administers }: { name: string; flows: readonly Flow[]; administers: boolean }) {
  const [open, setOpen] = useState<Flow | null>(null);
  const { data, error, refetch } = useApi(interfacingRoutes.editorKits, { params: { name } }, { topics: ['editor'] });
  if (!data) return error ? <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} /> : <Loading lines={4} />;
  return (
    <div className={css.kits}>
      {flows.map((flow) => {
        const kit = data.kits.find((one) => one.flow === flow);
        return (
          <section key={flow} className={css.kit}>
            <h2>Créneaux des {flowLabels[flow]}</h2>
            {kit ? <Links kit={kit} withMails /> : <p className={css.soft}>Aucun document pour l’instant.</p>}
            {administers && <div><Button small onPress={() => setOpen(flow)}>{kit ? 'Modifier' : 'Ajouter les documents'}</Button></div>}
          </section>
        );
      })}
      {open && <KitPanel name={name} flow={open} kit={data.kits.find((one) => one.flow === open) ?? empty} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** The documents of one's own vendor, for an effecteur's page; nothing when there is none. */
export function VendorKitSection() {
  const { data } = useApi(interfacingRoutes.ownKits, {}, { topics: ['editor'] });
  if (!data || data.kits.length === 0) return null;
  return (
    <Section title="L’aide de votre logiciel d’agenda">
      <ul className={css.own}>{data.kits.map((kit) => <li key={`${kit.editor}${kit.flow}`}><strong>{kit.editor}</strong><Links kit={kit} /></li>)}</ul>
    </Section>
  );
}

function Links({ kit: { tutorialUrl, faqUrl, sheetUrl, mails }, withMails = false }: { kit: VendorKit; withMails?: boolean }) {
  const links: (readonly [string, string | null | undefined])[] = [
    ['Tutoriel', tutorialUrl], ['Questions fréquentes', faqUrl], ['Comment se connecter', sheetUrl],
    ...(withMails ? statuses.map((status) => [`Courriels, SAS ${statusLabels[status]}`, mails[status]] as const) : []),
  ];
  return (
    <div className={css.links}>
      {links.flatMap(([label, href]) => (href ? [<a key={label} href={href} target="_blank" rel="noreferrer">{label} (nouvelle fenêtre)</a>] : []))}
    </div>
  );
}

function KitPanel({ name, flow, kit, onClose }: { name: string; flow: Flow; kit: KitLinks; onClose: () => void }) {
  const [draft, setDraft] = useState<KitLinks>({ tutorialUrl: kit.tutorialUrl, faqUrl: kit.faqUrl, sheetUrl: kit.sheetUrl, mails: kit.mails });
  const refresh = useRefresh();
  const save = useAction(interfacingRoutes.saveEditorKit, {
    onSuccess: () => {
      toast({ tone: 'ok', words: `Les documents de ${name} sont enregistrés.` });
      void refresh(interfacingRoutes.editorKits);
      onClose();
    },
  });
  const link = (field: 'tutorialUrl' | 'faqUrl' | 'sheetUrl', label: string) => (
    <TextField name={field} label={label} type="url" placeholder="https://…" value={draft[field] ?? ''} onChange={(text) => setDraft({ ...draft, [field]: text.trim() || null })} />
  );
  const mail = (status: Status, text: string) => {
    const { [status]: _, ...others } = draft.mails;
    setDraft({ ...draft, mails: text.trim() ? { ...others, [status]: text.trim() } : others });
  };
  return (
    <SidePanel open onClose={onClose} over={`Kit de communication, ${flowLabels[flow]}`} title={name}>
      <ApiForm label="Kit de communication" problem={save.error} onSubmit={() => save.mutate({ params: { name, flow }, body: draft })}>
        {link('tutorialUrl', 'Adresse du tutoriel')}
        {link('faqUrl', 'Adresse des questions fréquentes')}
        {link('sheetUrl', 'Fiche « Comment se connecter »')}
        {statuses.map((status) => (
          <TextField key={status} name={`mails.${status}`} label={`Courriels, SAS ${statusLabels[status]}`} type="url" placeholder="https://…" value={draft.mails[status] ?? ''} onChange={(text) => mail(status, text)} />
        ))}
        <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} />
      </ApiForm>
    </SidePanel>
  );
}
