import '@fontsource-variable/inter'; // fonts are shipped: the app makes no request beyond its own files
import '@fontsource-variable/jetbrains-mono';
import './design/tokens.css';
import './design/base.css';
import './app.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ToastProvider, TooltipProvider } from './design/index.ts';
import { startConnection } from './state/connection.ts';
import { applyTheme } from './state/theme.ts';

applyTheme();
startConnection();
createRoot(document.getElementById('root')!).render(
  <TooltipProvider>
    <ToastProvider>
      <App />
    </ToastProvider>
  </TooltipProvider>,
);
