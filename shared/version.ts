/** The version of Hindsight and of its engine; equal to package.json's, a test holds them together. */
export const VERSION = '0.1.0';
