import { describe, expect, it } from 'vitest';
import { parseNumberField, saysAbsent } from '../../../shared/import/number-field.ts';
import { TimeReader } from '../../../shared/import/time-reader.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const number = (text: string, mark = '.') => {
  const bytes = bytesOf(`#${text}#`); // neighbours must not be read
  return parseNumberField(bytes, 1, bytes.length - 1, mark.charCodeAt(0));
};
const text = new TimeReader({ timeFormat: 'text', dateOrder: 'ymd', zone: 'UTC' });
const epoch = new TimeReader({ timeFormat: 'epoch-ms', dateOrder: 'ymd', zone: 'UTC' });
const time = (field: string) => {
  const bytes = bytesOf(`9${field}9`);
  const reader = /^\d{9,}$/.test(field) ? epoch : text;
  return reader.read(bytes, 1, bytes.length - 1, Number.NaN);
};

describe('number field', () => {
  it('agrees with Number() bit for bit on decimals of all lengths', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let round = 0; round < 20_000; round++) {
      const whole = Math.floor(random() * 10 ** Math.floor(random() * 12));
      const decimals = Math.floor(random() * 12);
      const fraction = String(Math.floor(random() * 10 ** decimals)).padStart(decimals, '0');
      const text = `${random() < 0.2 ? '-' : ''}${whole}${decimals === 0 ? '' : `.${fraction}`}`;
      expect(Object.is(number(text), Number(text) + 0), text).toBe(true);
    }
  });

  it('reads exponents, plus signs, many digits and bare points', () => {
    expect(number('1e-8')).toBe(1e-8);
    expect(number('+5')).toBe(5);
    expect(number('.5')).toBe(0.5);
    expect(number('5.')).toBe(5);
    expect(number('0.1000000000000000055511151231257827')).toBe(0.1);
    expect(number('123456789012345678901234567890')).toBe(1.2345678901234568e29);
    expect(number('1.7976931348623157e308')).toBe(Number.MAX_VALUE);
  });

  it('never gives minus zero', () => {
    expect(Object.is(number('-0'), 0)).toBe(true);
    expect(Object.is(number('-0.00'), 0)).toBe(true);
    expect(Object.is(number('-0e0'), 0)).toBe(true);
  });

  it('takes groups of three for thousands, and only those', () => {
    expect(number('12,401.00')).toBe(12401);
    expect(number('1,234,567')).toBe(1234567);
    expect(number('12,40')).toBeNaN();
    expect(number('1234,567')).toBeNaN();
    expect(number('2401,5000', ',')).toBe(2401.5);
    expect(number('12.401,25', ',')).toBe(12401.25);
    expect(number('12.40', ',')).toBeNaN();
  });

  it('takes nothing else for a number', () => {
    for (const text of [
      '',
      '-',
      '.',
      '-.',
      'NaN',
      'inf',
      '-Infinity',
      '1e999',
      '0x10',
      '1 2',
      '1_0',
      '12a',
      'e5',
      '--1',
      '1.2.3',
    ]) {
      expect(number(text), text).toBeNaN();
    }
  });

  it('knows words for "no value"', () => {
    const says = (text: string) => saysAbsent(bytesOf(text), 0, text.length);
    expect(['nan', 'NaN', 'null', 'NA', 'n/a', 'None', '-'].every(says)).toBe(true);
    expect(['', 'abc', 'inf', 'nanx', '0'].some(says)).toBe(false);
  });
});

describe('time field', () => {
  const at = Date.UTC(2024, 6, 1, 7, 0, 0);

  it('reads one instant in all its spellings', () => {
    for (const text of [
      '2024-07-01 07:00:00',
      '2024-07-01T07:00:00',
      '2024-07-01T07:00',
      '2024-07-01 07:00:00.000',
      '2024-07-01T07:00:00Z',
      '2024-07-01T07:00:00.000000000Z',
      '2024-07-01T09:00:00+02:00',
      '2024-07-01T09:00:00+0200',
      '2024-07-01T02:00:00-05:00',
      '2024-07-01T12:30:00+05:30',
      '1719817200',
      '1719817200000',
      '1719817200000000',
      '1719817200000000000',
    ]) {
      expect(time(text), text).toBe(at);
    }
    expect(time('2024-07-01')).toBe(Date.UTC(2024, 6, 1));
    expect(time('2024-07-01 07:00:00.250')).toBe(at + 250);
  });

  it('agrees with Date.parse on every day from 1800 to 2299', () => {
    for (let day = Date.UTC(1800, 0, 1); day < Date.UTC(2300, 0, 1); day += 86_400_000) {
      const text = new Date(day).toISOString().slice(0, 10);
      if (time(text) !== day) expect(time(text), text).toBe(day);
    }
  });

  it('refuses what does not exist or cannot be told', () => {
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2024-04-31 07:00:00',
      '2024-13-01',
      '2024-00-10',
      '2024-07-01 24:00:00',
      '2024-07-01 07:60:00',
      '2024-07-01 07:00:60',
      '2024-07-01 07',
      '2024-07-01 07:00:00X',
      '2024-07-01T07:00:00+2',
      '2024-07-01 07:00:0',
      '2024-07-01 07:00:00.0001',
      '0024-07-01',
      '01/07/2024',
      '07:00:00',
      '17198172001',
      '171981720012',
      '1719817200000001',
      '1719817200000000001',
      '-719817200',
      '',
      'bucket',
    ]) {
      expect(time(text), text).toBeNaN();
    }
  });
});
