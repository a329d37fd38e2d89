import { useState } from 'react';
import { Badge, Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { useCommand } from '../../../../ui/commands.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { WarnIcon } from '../../../../ui/icons.tsx';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { Tabs } from '../../../../ui/tabs.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { p0ListProblems, type ProtocolVersion, questionCounts, routes, submissionProblems, treeProblems } from '../../contract.ts';
import { TrialRun } from '../view/trial-run.tsx';
import { placeName, sheetPlace } from '../words.ts';
import { cleaned } from './draft.ts';
import { P0Editor } from './p0-editor.tsx';
import { goTo } from './problems.tsx';
import { SheetEditor } from './sheet-editor.tsx';
import { TreeEditor } from './tree-editor.tsx';
import { useDraft } from './use-draft.ts';
import css from './editor.module.css';

/** A draft being written: the tree or the list, the sheet, what is missing and where, and a trial beside. */
export function Editor({ saved, warnAbove, onClose }: { saved: ProtocolVersion; warnAbove: number; onClose: () => void }) {
  const { draft: { sheet, content, revision }, changed, overtaken, change, adopt, stored, close } = useDraft(saved);
  const [tab, setTab] = useState('content');
  const [submitting, setSubmitting] = useState(false);
  const refresh = useRefresh();
  const params = { id: saved.id };
  const save = useAction(routes.saveProtocol, {
    onSuccess: (protocol) => {
      stored(protocol);
      void refresh(routes.protocol);
    },
  });
  const submit = useAction(routes.submitProtocol, {
    onSuccess: () => {
      toast({ tone: 'ok', words: 'Protocole soumis : les deux filières et la gouvernance peuvent le valider.' });
      close();
      void refresh(routes.protocol).then(onClose);
    },
  });
  const contentProblems = content.kind === 'arbre' ? treeProblems(content.tree) : p0ListProblems(content.entries);
  const sheetProblems = submissionProblems(sheet, []);
  const body = { ...sheet, content: cleaned(content), revision };
  const store = () => changed && !save.isPending && save.mutate({ params, body });
  useCommand({ id: 'protocol-save', label: 'Enregistrer le brouillon', group: 'Protocole', keys: 'Ctrl+S', run: store });
  const error = save.error ?? submit.error;
  const missing = contentProblems.length + sheetProblems.length;

  function show(place: string, where: 'content' | 'sheet') {
    setTab(where);
    requestAnimationFrame(() => requestAnimationFrame(() => goTo(place)));
  }

  return (
    <Page title={sheet.title || 'Sans titre'} intro={<span className={css.intro}>Version {saved.version} <Badge>brouillon</Badge> {content.kind === 'arbre' && <Counts tree={content.tree} warnAbove={warnAbove} />}</span>}>
      {saved.reason && <Note tone="warn" title="Renvoyé aux rédacteurs">{saved.reason}</Note>}
      {overtaken && <Note tone="warn" live icon={<WarnIcon />} title={`${saved.authors.at(-1)?.name ?? 'Un collègue'} a enregistré ce brouillon entre-temps`} action={<Button small onPress={() => adopt(saved)}>Reprendre sa version</Button>}>Ce que vous avez écrit reste ici, mais ne peut plus être enregistré par-dessus : notez-le avant de reprendre.</Note>}
      {error && !overtaken && <Note tone="bad" live icon={<WarnIcon />} title={error.title}>{error.message}</Note>}
      <div className={css.columns}>
        <Tabs
          label="Brouillon" value={tab} onChange={setTab}
          items={[
            {
              id: 'content', label: content.kind === 'arbre' ? 'Arbre' : 'Situations',
              content: content.kind === 'arbre'
                ? <TreeEditor tree={content.tree} problems={contentProblems} onChange={(tree) => change({ content: { kind: 'arbre', tree } })} />
                : <P0Editor entries={content.entries} problems={contentProblems} onChange={(entries) => change({ content: { kind: 'liste-p0', entries } })} />,
            },
            { id: 'sheet', label: 'Fiche et validation', content: <SheetEditor sheet={sheet} problems={sheetProblems} onChange={(part) => change({ sheet: { ...sheet, ...part } })} /> },
          ]}
        />
        <div className={css.side}>
          <Section title={missing === 0 ? 'Rien ne manque' : `À compléter : ${missing}`}>
            {missing === 0 ? <p className={css.soft}>Le protocole peut être soumis.</p> : (
              <ul className={css.todo}>
                {contentProblems.map((problem) => <li key={`${problem.path} ${problem.code}`}><button type="button" onClick={() => show(problem.path, 'content')}>{content.kind === 'arbre' ? <strong>{placeName(content.tree, problem)} : </strong> : null}{problem.message}</button></li>)}
                {sheetProblems.map(({ path, message }) => <li key={path}><button type="button" onClick={() => show(path, 'sheet')}><strong>{sheetPlace(path)} : </strong>{message}</button></li>)}
              </ul>
            )}
          </Section>
          {content.kind === 'arbre' && <Section title="Essai"><TrialRun tree={content.tree} /></Section>}
        </div>
      </div>
      <div className={css.bar}>
        <Button look={changed ? 'main' : 'plain'} keys="Ctrl S" isPending={save.isPending} isDisabled={!changed || overtaken} onPress={store}>Enregistrer</Button>
        <Button look={changed ? 'plain' : 'main'} isDisabled={changed || missing > 0} onPress={() => setSubmitting(true)}>Soumettre…</Button>
        <Button look="quiet" onPress={onClose}>Fermer</Button>
        <span role="status" className={css.soft}>{error && !overtaken ? 'Refusé : lisez pourquoi en haut de la page. Rien n’est perdu.' : changed ? 'Changements gardés sur ce poste, pas encore enregistrés.' : missing > 0 ? 'Enregistré. Complétez les points pour soumettre.' : 'Enregistré.'}</span>
      </div>
      {submitting && (
        <ConfirmDialog
          title={`Soumettre la version ${saved.version} ?`} open onClose={() => setSubmitting(false)} action="Soumettre" pending={submit.isPending} problem={submit.error}
          onConfirm={() => submit.mutate({ params, body: { revision } })}
        >
          <p>Elle ne change plus. Il faut trois validations, de trois personnes : un médecin régulateur urgentiste, un médecin régulateur généraliste, le responsable du SAS. La troisième la met en vigueur.</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}

function Counts({ tree, warnAbove }: { tree: Parameters<typeof questionCounts>[0]; warnAbove: number }) {
  const { longest, total } = questionCounts(tree);
  return (
    <>
      {longest} questions au plus sur un chemin, {total} en tout
      {longest > warnAbove && <Badge tone="warn" icon={<WarnIcon size={12} />}>le SAS en souhaite {warnAbove} au plus</Badge>}
    </>
  );
}
