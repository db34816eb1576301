export const HELP = `hindsight: backtests on minute bars, offline

  hindsight demo                                   sample data, backtest, statistics, report and files
  hindsight import FILE... [--ticker T] [--every 1m] [--map theirs=ours,...]
                           [--on-error reject|fail] [--zero-bars drop|reject-file]
  hindsight data list | show TICKER | remove TICKER | undo IMPORT
  hindsight backtest RUN.json | STRATEGY.ts | NAME [--set name=value ...] [--data T[,T]] [--every 1m]
                     [--from DATE] [--to DATE] [--cash N] [--commission 0.1%|0.01/share|5/trade]
                     [--slippage 0.01%|0.5] [--seed N] [--out DIR]
  hindsight reproduce MANIFEST.json                identical, or the first difference
  hindsight serve [--port N] [--no-open] [--sample]
                                                   the workstation in a browser window

Every command takes
  --library DIR   where the library lies (default: your user's data folder)
  --json          one JSON document on standard output, progress on standard error
Exit codes: 0 success, 1 failure, 2 wrong usage, 130 cancelled.
`;
