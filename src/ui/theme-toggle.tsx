import { SegmentField } from './field.tsx';
import { chooseTheme, themeLabels, themes, useTheme } from './theme.ts';

/** The choice of colours, for pages without the frame. */
export function ThemeToggle() {
  return <SegmentField label="Couleurs" choices={themes.map((value) => ({ value, label: themeLabels[value] }))} value={useTheme()} onChange={chooseTheme} />;
}
