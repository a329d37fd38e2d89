import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/app/browser',
  publicDir: false,
  plugins: [react()],
  build: { outDir: '../../../dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1600 },
  worker: { format: 'es' },
});
