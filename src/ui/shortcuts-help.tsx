import { useState } from 'react';
import { keyLabel, setSingleKeys, singleKeysOn, useCommand, useCommands } from './commands.ts';
import { Dialog } from './dialog.tsx';
import { SwitchField } from './field.tsx';
import css from './shortcuts-help.module.css';

/** The list of keys that do something now, opened by `?`. Mounted once, by the page frame. */
export function ShortcutsHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const commands = useCommands().filter(({ keys }) => keys);
  const [singleKeys, change] = useState(singleKeysOn);
  useCommand({ id: 'shortcuts', label: 'Raccourcis clavier', group: 'Partout', keys: '?', words: 'aide touches', run: () => onOpenChange(true) });
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <Dialog title="Raccourcis clavier" open={open} onClose={() => onOpenChange(false)}>
      {groups.map((group) => (
        <section key={group} className={css.group}>
          <h3>{group}</h3>
          <dl>
            {commands.filter((command) => command.group === group).map(({ id, label, keys }) => (
              <div key={id}><dt><kbd>{keyLabel(keys!)}</kbd></dt><dd>{label}</dd></div>
            ))}
          </dl>
        </section>
      ))}
      <SwitchField
        label="Touches seules actives"
        help="À désactiver avec une dictée vocale. Les raccourcis avec Ctrl restent actifs."
        isSelected={singleKeys}
        onChange={(on) => {
          setSingleKeys(on);
          change(on);
        }}
      />
    </Dialog>
  );
}
