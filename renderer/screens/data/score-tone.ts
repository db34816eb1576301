/** How a health score is coloured: fine, worth a look, or sick. */
export const scoreTone = (score: number): 'ok' | 'warning' | 'danger' =>
  score >= 85 ? 'ok' : score >= 60 ? 'warning' : 'danger';
