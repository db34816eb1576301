export * from './lines.ts';
export * from './named.ts';
