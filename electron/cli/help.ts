export const HELP = `hindsight: backtests on minute bars, offline

  hindsight demo                                   sample data, backtest, statistics, report and files
  hindsight import FILE|FOLDER... [--preview | --check] [--replace]
                     [--ticker T | --ticker-from-name] [--every 1m] [--map theirs=ours,...]
                     [--tz ZONE] [--stamp start|end] [--date-order dmy|mdy|ymd] [--layout NAME]
                     [--delimiter comma|semicolon|tab|bar] [--decimal point|comma] [--heading yes|no]
                     [--skip N] [--time-format F] [--price-divisor N]
                     [--on-error reject|fail] [--zero-bars drop|reject-file]
                                                   bars of any vendor: docs/import-formats.md
  hindsight data list | show TICKER | remove TICKER | imports | rejects IMPORT | undo IMPORT
  hindsight data show TICKER --every 30m|1h|session|1w|1mo|volume:100000 [--edges] [--calendar XLON]
                     [--hours all|regular] [--day exchange|utc]
                                                   longer bars, made of those that the library holds
  hindsight data export TICKER [--every 1h] [--from DATE] [--to DATE] [--view raw|split|total-return]
                     [--format csv|csv.gz|parquet] [--out FILE]
  hindsight data sql "SELECT ..." [--csv] [--limit N]
                                                   bars, imports and runs as tables: docs/sql.md
  hindsight library storage | check | compact | limit 2GB|none
                                                   size, checksums, room given back
  hindsight library clean [--before DATE] [--to-limit]
                                                   drops what undo would need
  hindsight library backup FILE | restore FILE [--replace]
                                                   everything as one file, and back
  hindsight data instrument [TICKER] [--calendar XLON|guess] [--currency GBX] [--sector S]
  hindsight calendar [XNYS] [--from DATE] [--to DATE]
                                                   sessions, early closes and holidays
  hindsight data check TICKER | --all [--min-score N] [--worst N]
                                                   health of bars: score, parts, suspects
  hindsight data actions TICKER | --all [list | add split DATE 4:1 | add dividend DATE 0.24 [--note TEXT]
                                        | remove ID|DATE | import FILE | propose]
                                                   splits and dividends, and what the bars say against them
  hindsight sources [list] | enable ID | disable ID | set ID key=value... | secret ID
                                                   s3, binance and alpaca: all off until you enable one
  hindsight fetch binance BTCUSDT[,ETHUSDT] [--every 1m] [--from DATE] [--to DATE] [--plan] [--again]
  hindsight fetch alpaca AAPL[,MSFT] [--every 1m] [--from DATE] [--to DATE] [--plan] [--again]
  hindsight fetch s3 [KEY...] [--plan] [--again]
                                                   stopped or failed, it goes on where it stopped
  hindsight backtest RUN.json | STRATEGY.ts | NAME [--set name=value ...] [--data T[,T]] [--every 1m]
                     [--from DATE] [--to DATE] [--cash N] [--seed N] [--out DIR]
                     [--commission 0.1%,min=1|0.01/share|5/trade|maker=0.02%,taker=0.05%]
                     [--slippage 0.01%|0.5|2ticks|volume:0.1] [--volume-limit 10%]
                     [--same-bar pessimistic|backtrader|optimistic|open-proximity|drill-down]
                     [--fill next-open|cheat-on-open|cheat-on-close] [--benchmark T]
                     [--leverage N] [--margin 1500x10|0.1*price] [--interest 2%] [--borrow-fee 3%]
                     [--sizer fixed:100|percent:50|all-in|risk:1|volatility:15,500]
                     [--risk-free-rate 2%] [--leak-test]
  hindsight reproduce MANIFEST.json                identical, or the first difference
  hindsight serve [--port N] [--no-open] [--sample]
                                                   the workstation in a browser window

Every command takes
  --library DIR   where the library lies (default: your user's data folder)
  --json          one JSON document on standard output, progress on standard error
Exit codes: 0 success, 1 failure, 2 wrong usage, 130 cancelled.
`;
