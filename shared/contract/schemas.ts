// Schemas of everything that crosses a process, by subject.
export * from './schemas/actions.ts';
export * from './schemas/app.ts';
export * from './schemas/basics.ts';
export * from './schemas/calendar.ts';
export * from './schemas/chart.ts';
export * from './schemas/health.ts';
export * from './schemas/import-preview.ts';
export * from './schemas/library.ts';
export * from './schemas/maintenance.ts';
export * from './schemas/plain-error.ts';
export * from './schemas/reading-plan.ts';
export * from './schemas/run-spec.ts';
export * from './schemas/runs.ts';
export * from './schemas/sources.ts';
export * from './schemas/strategies.ts';
export * from './schemas/tasks.ts';
