import { lineIndicators as lines } from '../../indicators/catalogue-lines.ts';
import { priceIndicators as prices } from '../../indicators/catalogue-prices.ts';
import { overData, overLine } from './bind.ts';

// Parameters in the order and with the defaults of docs/indicators.md, which is made of the same catalogue.

/** Simple moving average: sum of the last p / p, exactly rounded. `sma(line, period = 20)` */
export const sma = overLine(lines.sma);
/** Exponential moving average: e (1 - a) + x a, a = 2 / (p + 1), seeded with the mean. `ema(line, period = 20)` */
export const ema = overLine(lines.ema);
/** Smoothed moving average (Wilder): e (1 - a) + x a, a = 1 / p, seeded with the mean. `smma(line, period = 14)` */
export const smma = overLine(lines.smma);
/** Weighted moving average: 2 / (p (p + 1)) sum of i x. `wma(line, period = 20)` */
export const wma = overLine(lines.wma);
/** Double exponential average: 2 e - ema(e). `dema(line, period = 20)` */
export const dema = overLine(lines.dema);
/** Triple exponential average: 3 e - 3 ema(e) + ema(ema(e)). `tema(line, period = 20)` */
export const tema = overLine(lines.tema);
/** Hull average: wma(2 wma(x, p / 2) - wma(x, p), sqrt p). `hma(line, period = 16)` */
export const hma = overLine(lines.hma);
/** Kaufman adaptive average: e (1 - c) + x c, c = (er (fast - slow) + slow)^2. `kama(line, period = 30, fast = 2, slow = 30)` */
export const kama = overLine(lines.kama);
/** Zero-lag exponential average: ema(2 x - x[(p - 1) / 2]). `zlema(line, period = 20)` */
export const zlema = overLine(lines.zlema);
/** Triangular average: sma of sma. `trima(line, period = 20)` */
export const trima = overLine(lines.trima);
/** Arnaud Legoux average: Gaussian weights. `alma(line, period = 9, offset = 0.85, sigma = 6)` */
export const alma = overLine(lines.alma);
/** T3 average: six exponential averages. `t3(line, period = 5, factor = 0.7)` */
export const t3 = overLine(lines.t3);
/** Least squares average: end of the regression line. `lsma(line, period = 25)` */
export const lsma = overLine(lines.lsma);
/** McGinley dynamic: m + (x - m) / (0.6 p (x / m)^4). `mcginley(line, period = 14)` */
export const mcginley = overLine(lines.mcginley);
/** Variable index average: smoothing times |cmo|. `vidya(line, period = 14)` */
export const vidya = overLine(lines.vidya);
/** Moving median: middle value. `median(line, period = 20)` */
export const median = overLine(lines.median);
/** Relative strength index: 100 - 100 / (1 + up / down), Wilder averages. `rsi(line, period = 14)` */
export const rsi = overLine(lines.rsi);
/** RSI with simple averages: 100 - 100 / (1 + up / down). `cutlerRsi(line, period = 14)` */
export const cutlerRsi = overLine(lines.cutlerRsi);
/** RSI with exponential averages: 100 - 100 / (1 + up / down). `exponentialRsi(line, period = 14)` */
export const exponentialRsi = overLine(lines.exponentialRsi);
/** Momentum: x - x[p]. `momentum(line, period = 12)` */
export const momentum = overLine(lines.momentum);
/** Momentum oscillator: 100 x / x[p]. `momentumOscillator(line, period = 12)` */
export const momentumOscillator = overLine(lines.momentumOscillator);
/** Rate of change: (x - x[p]) / x[p]. `roc(line, period = 12)` */
export const roc = overLine(lines.roc);
/** Rate of change in percent: 100 (x - x[p]) / x[p]. `roc100(line, period = 12)` */
export const roc100 = overLine(lines.roc100);
/** Log return: ln(x / x[p]). `logReturn(line, period = 1)` */
export const logReturn = overLine(lines.logReturn);
/** Chande momentum: 100 (ups - downs) / (ups + downs). `cmo(line, period = 14)` */
export const cmo = overLine(lines.cmo);
/** True strength index: 100 ema(ema(change)) / ema(ema(|change|)). `tsi(line, long = 25, short = 13)` */
export const tsi = overLine(lines.tsi);
/** Detrended price: x - sma[p / 2 + 1]. `dpo(line, period = 20)` */
export const dpo = overLine(lines.dpo);
/** Connors RSI: mean of RSI, streak RSI and percent rank. `connorsRsi(line, period = 3, streak = 2, rank = 100)` */
export const connorsRsi = overLine(lines.connorsRsi);
/** Relative momentum index: RSI of changes over several bars. `relativeMomentum(line, period = 20, lag = 5)` */
export const relativeMomentum = overLine(lines.relativeMomentum);
/** Forecast oscillator: 100 (x - regression) / x. `forecastOscillator(line, period = 14)` */
export const forecastOscillator = overLine(lines.forecastOscillator);
/** Stochastic RSI: stochastic of the RSI. `stochasticRsi(line, period = 14, window = 14, smoothK = 3, smoothD = 3)` */
export const stochasticRsi = overLine(lines.stochasticRsi);
/** Coppock curve: wma(roc + roc). `coppock(line, long = 14, short = 11, period = 10)` */
export const coppock = overLine(lines.coppock);
/** Know sure thing: four smoothed rates of change. `kst(line, signal = 9)` */
export const kst = overLine(lines.kst);
/** Schaff trend cycle: stochastic of a stochastic of the MACD. `schaffTrendCycle(line, fast = 23, slow = 50, cycle = 10)` */
export const schaffTrendCycle = overLine(lines.schaffTrendCycle);
/** MACD: ema(fast) - ema(slow); signal: ema of it. `macd(line, fast = 12, slow = 26, signal = 9)` */
export const macd = overLine(lines.macd);
/** Percentage price oscillator: 100 (fast - slow) / slow. `ppo(line, fast = 12, slow = 26, signal = 9)` */
export const ppo = overLine(lines.ppo);
/** Absolute price oscillator: sma(fast) - sma(slow). `apo(line, fast = 12, slow = 26)` */
export const apo = overLine(lines.apo);
/** TRIX: 100 (e3 / e3[1] - 1), e3: ema of ema of ema. `trix(line, period = 15)` */
export const trix = overLine(lines.trix);
/** Bollinger bands: sma +- d deviations (population). `bollinger(line, period = 20, deviations = 2)` */
export const bollinger = overLine(lines.bollinger);
/** Standard deviation: sqrt(mean of squares - square of mean). `standardDeviation(line, period = 20)` */
export const standardDeviation = overLine(lines.standardDeviation);
/** Variance: mean of squares - square of mean. `variance(line, period = 20)` */
export const variance = overLine(lines.variance);
/** Mean deviation: sma(|x - sma|). `meanDeviation(line, period = 20)` */
export const meanDeviation = overLine(lines.meanDeviation);
/** Historical volatility: sample deviation of log returns, times sqrt(bars a year). `historicalVolatility(line, period = 20, perYear = 252)` */
export const historicalVolatility = overLine(lines.historicalVolatility);
/** Ulcer index: root mean square of drawdowns in percent. `ulcerIndex(line, period = 14)` */
export const ulcerIndex = overLine(lines.ulcerIndex);
/** Highest: largest of the last p. `highest(line, period = 20)` */
export const highest = overLine(lines.highest);
/** Lowest: smallest of the last p. `lowest(line, period = 20)` */
export const lowest = overLine(lines.lowest);
/** Bars since the highest: age of the largest of the last p. `barsSinceHighest(line, period = 20)` */
export const barsSinceHighest = overLine(lines.barsSinceHighest);
/** Bars since the lowest: age of the smallest of the last p. `barsSinceLowest(line, period = 20)` */
export const barsSinceLowest = overLine(lines.barsSinceLowest);
/** Sum: sum of the last p, exactly rounded. `sum(line, period = 10)` */
export const sum = overLine(lines.sum);
/** Z-score: (x - mean) / sample deviation. `zScore(line, period = 20)` */
export const zScore = overLine(lines.zScore);
/** Percent rank: share of the p values before that are below. `percentRank(line, period = 100)` */
export const percentRank = overLine(lines.percentRank);
/** Quantile: order statistic, interpolated. `quantile(line, period = 100, share = 0.9)` */
export const quantile = overLine(lines.quantile);
/** Skewness: mean of ((x - mean) / deviation)^3. `skewness(line, period = 50)` */
export const skewness = overLine(lines.skewness);
/** Excess kurtosis: mean of ((x - mean) / deviation)^4 - 3. `kurtosis(line, period = 50)` */
export const kurtosis = overLine(lines.kurtosis);
/** Hurst exponent: slope of log(R / S) over log(n), of changes. `hurst(line, period = 128)` */
export const hurst = overLine(lines.hurst);
/** Efficiency ratio: |x - x[p]| / sum of |changes|. `efficiencyRatio(line, period = 10)` */
export const efficiencyRatio = overLine(lines.efficiencyRatio);
/** Autocorrelation: products of distances from the mean, lagged. `autocorrelation(line, period = 50, lag = 1)` */
export const autocorrelation = overLine(lines.autocorrelation);
/** Linear regression: least squares over the bar numbers. `linearRegression(line, period = 14)` */
export const linearRegression = overLine(lines.linearRegression);
/** True range: max(h, c[1]) - min(l, c[1]). `trueRange(data)` */
export const trueRange = overData(prices.trueRange);
/** Average true range: smma of the true range. `atr(data, period = 14)` */
export const atr = overData(prices.atr);
/** Average true range in percent: 100 atr / c. `natr(data, period = 14)` */
export const natr = overData(prices.natr);
/** Keltner channel: ema +- m atr. `keltner(data, period = 20, rangePeriod = 10, multiple = 2)` */
export const keltner = overData(prices.keltner);
/** Donchian channel: highest high, lowest low. `donchian(data, period = 20)` */
export const donchian = overData(prices.donchian);
/** Parkinson volatility: sqrt(mean ln(h / l)^2 / (4 ln 2)). `parkinson(data, period = 20, perYear = 252)` */
export const parkinson = overData(prices.parkinson);
/** Garman-Klass volatility: 0.5 ln(h / l)^2 - (2 ln 2 - 1) ln(c / o)^2. `garmanKlass(data, period = 20, perYear = 252)` */
export const garmanKlass = overData(prices.garmanKlass);
/** Rogers-Satchell volatility: ln(h / c) ln(h / o) + ln(l / c) ln(l / o). `rogersSatchell(data, period = 20, perYear = 252)` */
export const rogersSatchell = overData(prices.rogersSatchell);
/** Yang-Zhang volatility: overnight + k open-to-close + (1 - k) Rogers-Satchell. `yangZhang(data, period = 20, perYear = 252)` */
export const yangZhang = overData(prices.yangZhang);
/** Chaikin volatility: change in percent of ema(h - l). `chaikinVolatility(data, period = 10, lag = 10)` */
export const chaikinVolatility = overData(prices.chaikinVolatility);
/** Mass index: sum of ema(range) / ema(ema(range)). `massIndex(data, smoothing = 9, period = 25)` */
export const massIndex = overData(prices.massIndex);
/** Choppiness: 100 log10(sum of true ranges / span) / log10 p. `choppiness(data, period = 14)` */
export const choppiness = overData(prices.choppiness);
/** Directional movement: ADX: smma of |+DI - -DI| / (+DI + -DI). `dmi(data, period = 14)` */
export const dmi = overData(prices.dmi);
/** Aroon: 100 (p - bars since the extreme) / p. `aroon(data, period = 14)` */
export const aroon = overData(prices.aroon);
/** Vortex: sum |h - l[1]| / sum of true ranges. `vortex(data, period = 14)` */
export const vortex = overData(prices.vortex);
/** Parabolic stop and reverse: s + f (extreme - s). `parabolicSar(data, step = 0.02, limit = 0.2)` */
export const parabolicSar = overData(prices.parabolicSar);
/** Supertrend: bands of m atr around the middle, held while the close stays inside. `supertrend(data, period = 10, multiple = 3)` */
export const supertrend = overData(prices.supertrend);
/** Chandelier exits: highest - m atr; lowest + m atr. `chandelier(data, period = 22, multiple = 3)` */
export const chandelier = overData(prices.chandelier);
/** ATR trailing stop: close - m atr, held. `atrTrailingStop(data, period = 14, multiple = 3)` */
export const atrTrailingStop = overData(prices.atrTrailingStop);
/** Ichimoku: middles of ranges; spans as drawn base bars ago. `ichimoku(data, fast = 9, base = 26, slow = 52)` */
export const ichimoku = overData(prices.ichimoku);
/** Stochastic, slow: sma of 100 (c - lowest) / (highest - lowest). `stochastic(data, period = 14, smoothK = 3, smoothD = 3)` */
export const stochastic = overData(prices.stochastic);
/** Stochastic, fast: 100 (c - lowest) / (highest - lowest). `stochasticFast(data, period = 14, smoothD = 3)` */
export const stochasticFast = overData(prices.stochasticFast);
/** Stochastic, full: raw, smoothed, smoothed twice. `stochasticFull(data, period = 14, smoothD = 3, slowD = 3)` */
export const stochasticFull = overData(prices.stochasticFull);
/** Raw stochastic: 100 (c - lowest) / (highest - lowest). `rawStochastic(data, period = 14)` */
export const rawStochastic = overData(prices.rawStochastic);
/** Williams %R: -100 (highest - c) / (highest - lowest). `williamsR(data, period = 14)` */
export const williamsR = overData(prices.williamsR);
/** Commodity channel index: (tp - sma) / (0.015 mean deviation). `cci(data, period = 20)` */
export const cci = overData(prices.cci);
/** Ultimate oscillator: 100 (4 a + 2 b + c) / 7. `ultimate(data, first = 7, second = 14, third = 28)` */
export const ultimate = overData(prices.ultimate);
/** Awesome oscillator: sma(fast) - sma(slow) of the middle. `awesome(data, fast = 5, slow = 34)` */
export const awesome = overData(prices.awesome);
/** Accelerator: awesome - sma(awesome). `accelerator(data, fast = 5, slow = 34, period = 5)` */
export const accelerator = overData(prices.accelerator);
/** Fisher transform: 0.5 ln((1 + x) / (1 - x)), smoothed. `fisher(data, period = 9)` */
export const fisher = overData(prices.fisher);
/** Relative vigour: weighted (c - o) / (h - l). `relativeVigor(data, period = 10)` */
export const relativeVigor = overData(prices.relativeVigor);
/** Stochastic momentum: doubly smoothed distance from the middle of the range. `stochasticMomentum(data, period = 10, long = 3, short = 3)` */
export const stochasticMomentum = overData(prices.stochasticMomentum);
/** Elder ray: h - ema; l - ema. `elderRay(data, period = 13)` */
export const elderRay = overData(prices.elderRay);
/** Balance of power: sma((c - o) / (h - l)). `balanceOfPower(data, period = 14)` */
export const balanceOfPower = overData(prices.balanceOfPower);
/** Pretty good oscillator: (c - sma) / ema(true range). `prettyGood(data, period = 14)` */
export const prettyGood = overData(prices.prettyGood);
/** Gopalakrishnan range: ln(highest - lowest) / ln p. `gopalakrishnanRange(data, period = 10)` */
export const gopalakrishnanRange = overData(prices.gopalakrishnanRange);
/** On-balance volume: running sum of signed volume. `obv(data)` */
export const obv = overData(prices.obv);
/** Money flow index: RSI of typical price times volume. `mfi(data, period = 14)` */
export const mfi = overData(prices.mfi);
/** Accumulation / distribution: sum of volume times close location. `accumulationDistribution(data)` */
export const accumulationDistribution = overData(prices.accumulationDistribution);
/** Chaikin money flow: flow of the window over its volume. `chaikinMoneyFlow(data, period = 20)` */
export const chaikinMoneyFlow = overData(prices.chaikinMoneyFlow);
/** Chaikin oscillator: ema(fast) - ema(slow) of accumulation / distribution. `chaikinOscillator(data, fast = 3, slow = 10)` */
export const chaikinOscillator = overData(prices.chaikinOscillator);
/** Volume price trend: sum of volume times relative change. `volumePriceTrend(data)` */
export const volumePriceTrend = overData(prices.volumePriceTrend);
/** Force index: ema of change times volume. `forceIndex(data, period = 13)` */
export const forceIndex = overData(prices.forceIndex);
/** Ease of movement: sma of move over volume per range. `easeOfMovement(data, period = 14, scale = 10000)` */
export const easeOfMovement = overData(prices.easeOfMovement);
/** Negative volume index: grows on bars of falling volume. `negativeVolumeIndex(data)` */
export const negativeVolumeIndex = overData(prices.negativeVolumeIndex);
/** Positive volume index: grows on bars of rising volume. `positiveVolumeIndex(data)` */
export const positiveVolumeIndex = overData(prices.positiveVolumeIndex);
/** Klinger oscillator: ema(fast) - ema(slow) of signed volume. `klinger(data, fast = 34, slow = 55, signal = 13)` */
export const klinger = overData(prices.klinger);
/** Percentage volume oscillator: 100 (ema - ema) / ema of volume. `volumeOscillator(data, fast = 12, slow = 26, signal = 9)` */
export const volumeOscillator = overData(prices.volumeOscillator);
/** Relative volume: volume / sma(volume). `relativeVolume(data, period = 20)` */
export const relativeVolume = overData(prices.relativeVolume);
/** Volume balance: 100 (up volume - down volume) / volume. `volumeBalance(data, period = 20)` */
export const volumeBalance = overData(prices.volumeBalance);
/** Rolling VWAP: sum of tp v / sum of v. `rollingVwap(data, period = 60)` */
export const rollingVwap = overData(prices.rollingVwap);
/** Session VWAP: sum of tp v / sum of v since the day began. `sessionVwap(data, offsetHours = 0)` */
export const sessionVwap = overData(prices.sessionVwap);
/** Volume-weighted average: sum of c v / sum of v. `vwma(data, period = 20)` */
export const vwma = overData(prices.vwma);
/** Pivot points: P = (H + L + C) / 3; R1 = 2 P - L; R2 = P + H - L; R3 = H + 2 (P - L). `pivots(data)` */
export const pivots = overData(prices.pivots);
/** Fibonacci pivots: P +- 0.382, 0.618, 1 times the range. `fibonacciPivots(data)` */
export const fibonacciPivots = overData(prices.fibonacciPivots);
/** Camarilla pivots: C +- 1.1 / 12, 1.1 / 6, 1.1 / 4 times the range. `camarillaPivots(data)` */
export const camarillaPivots = overData(prices.camarillaPivots);
/** Woodie pivots: P = (H + L + 2 C) / 4. `woodiePivots(data)` */
export const woodiePivots = overData(prices.woodiePivots);
/** Fractals: extremes above (below) w neighbours on both sides, when confirmed. `fractals(data, wing = 2)` */
export const fractals = overData(prices.fractals);
/** ZigZag: turns confirmed by a move of p percent. `zigZag(data, percent = 1)` */
export const zigZag = overData(prices.zigZag);
/** Heikin-Ashi: averaged candles. `heikinAshi(data)` */
export const heikinAshi = overData(prices.heikinAshi);
/** Typical price: (h + l + c) / 3. `typicalPrice(data)` */
export const typicalPrice = overData(prices.typicalPrice);
/** Median price: (h + l) / 2. `medianPrice(data)` */
export const medianPrice = overData(prices.medianPrice);
/** Weighted close: (h + l + 2 c) / 4. `weightedClose(data)` */
export const weightedClose = overData(prices.weightedClose);
/** Average price: (o + h + l + c) / 4. `averagePrice(data)` */
export const averagePrice = overData(prices.averagePrice);
