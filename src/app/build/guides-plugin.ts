import type { Plugin } from 'vite';
import { imageMark, renderGuide } from './render-guide.ts';

/** Turns each guide (`docs/guides/*.md`) into a module of safe HTML at build time, its pictures served as files of the build. */
export const guidesPlugin = (): Plugin => ({
  name: 'guides',
  enforce: 'pre',
  transform(markdown, id) {
    if (!/\/docs\/guides\/[\w-]+\.md$/.test(id)) return null;
    const { images, ...guide } = renderGuide(markdown);
    const imports = images.map((path, index) => `import image${index} from './${path}';`);
    const value = images.reduceRight((text, _, index) => text.replaceAll(imageMark(index), `" + image${index} + "`), JSON.stringify(guide));
    return { code: `${imports.join('\n')}\nexport default ${value};`, map: null, moduleType: 'js' };
  },
});
