import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { guidesPlugin } from './src/app/build/guides-plugin.ts';

export default defineConfig({
  root: 'src/app/browser',
  publicDir: false,
  plugins: [guidesPlugin(), react()],
  build: { outDir: '../../../dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1600 },
  worker: { format: 'es' },
});
