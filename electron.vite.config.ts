import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Every entry of the Node side by name: three faces and one file per worker thread. Workers are started by their
// built name beside the importing file, so all chunks lie flat in out/main.
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      sourcemap: true,
      rollupOptions: {
        input: {
          desktop: at('electron/desktop/main.ts'),
          cli: at('electron/cli/main.ts'),
          'writer.worker': at('electron/workers/writer.worker.ts'),
          'reader.worker': at('electron/workers/reader.worker.ts'),
          'import.worker': at('electron/workers/import.worker.ts'),
          'encode.worker': at('electron/workers/encode.worker.ts'),
          'parquet.worker': at('electron/workers/parquet.worker.ts'),
          'backtest.worker': at('electron/workers/backtest.worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      rollupOptions: {
        input: { preload: at('electron/desktop/preload.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The page may load fonts and pictures from its own files only, not from data addresses.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
