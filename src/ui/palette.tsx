import { useState } from 'react';
import { Autocomplete, Collection, Dialog, Header, Input, Menu, MenuItem, MenuSection, Modal, ModalOverlay, SearchField } from 'react-aria-components';
import { keyLabel, useCommand, useCommands, type Command } from './commands.ts';
import { plain } from './table-model.ts';
import css from './palette.module.css';

/** The command palette: `Ctrl+K`, a few letters, `Enter`. Mounted once, by the page frame. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const commands = useCommands();
  useCommand({ id: 'palette', label: 'Palette de commandes', group: 'Partout', keys: 'Ctrl+K', run: () => onOpenChange(!open) });
  return (
    <ModalOverlay className={css.veil!} isOpen={open} isDismissable onOpenChange={onOpenChange} data-modal="">
      <Modal className={css.window!}>
        <Dialog className={css.dialog!} aria-label="Palette de commandes">
          <PaletteList commands={commands.filter(({ id, run }) => run && id !== 'palette')} onDone={() => onOpenChange(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteList({ commands, onDone }: { commands: readonly Command[]; onDone: () => void }) {
  const [words, setWords] = useState('');
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const found = commands.filter((command) => {
    const text = plain(`${command.label} ${command.group} ${command.words ?? ''}`);
    return wanted.every((word) => text.includes(word));
  });
  const groups = [...new Set(found.map(({ group }) => group))].map((name) => ({ name, items: found.filter(({ group }) => group === name) }));

  return (
    <Autocomplete inputValue={words} onInputChange={setWords}>
      <SearchField className={css.search!} aria-label="Commande" autoFocus>
        <Input className={css.input!} placeholder="Aller à, chercher, faire…" />
      </SearchField>
      <Menu
        className={css.menu!}
        aria-label="Commandes"
        items={groups}
        onAction={(id) => {
          onDone();
          // The window gives the focus back first, so that the command may then move it.
          setTimeout(() => commands.find((command) => command.id === id)?.run?.());
        }}
        renderEmptyState={() => <p className={css.empty}>Aucune commande ne contient ces mots.</p>}
      >
        {(group) => (
          <MenuSection id={group.name} aria-label={group.name}>
            <Header className={css.group!}>{group.name}</Header>
            <Collection items={group.items}>
              {(command) => (
                <MenuItem id={command.id} textValue={command.label} className={css.item!}>
                  <span>{command.label}</span>
                  {command.keys && <kbd>{keyLabel(command.keys)}</kbd>}
                </MenuItem>
              )}
            </Collection>
          </MenuSection>
        )}
      </Menu>
    </Autocomplete>
  );
}
