export { ChartScreen } from './chart/chart-screen.tsx';
export { DataScreen } from './data/data-screen.tsx';
export { ResultsScreen } from './results/results-screen.tsx';
export { addStrategyFile, StrategyScreen } from './strategy/strategy-screen.tsx';
export { WelcomeScreen } from './welcome/welcome-screen.tsx';
