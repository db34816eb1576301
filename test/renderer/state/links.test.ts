import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  followLink,
  linkState,
  linkStates,
  publish,
  setLinkStates,
  useLinks,
} from '../../../renderer/state/links.ts';

beforeEach(() => useLinks.setState({ groups: {} }));

describe('colour groups', () => {
  test('share symbol, range and crosshair among their panes, and with nobody else', () => {
    publish(1, 'chart-1', { seriesId: 'AAPL:1m', from: 1, to: 2 });
    publish(1, 'chart-2', { crosshair: 1.5 });
    expect(linkState(1)).toEqual({ seriesId: 'AAPL:1m', from: 1, to: 2, crosshair: 1.5, by: 'chart-2' });
    expect(linkState(2)).toEqual({ seriesId: null, from: null, to: null, crosshair: null, by: null });
  });

  test('group 0 is no group', () => {
    publish(0, 'chart-1', { seriesId: 'AAPL:1m' });
    expect(useLinks.getState().groups).toEqual({});
  });

  test('tell the other panes, not the one that spoke', () => {
    const one = vi.fn();
    const other = vi.fn();
    const stranger = vi.fn();
    const ends = [
      followLink(1, 'one', one),
      followLink(1, 'other', other),
      followLink(2, 'stranger', stranger),
    ];
    publish(1, 'one', { crosshair: 5 });
    expect(one).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledOnce();
    expect(other.mock.calls[0]![0]).toMatchObject({ crosshair: 5, by: 'one' });
    expect(stranger).not.toHaveBeenCalled();
    for (const end of ends) end();
    publish(1, 'one', { crosshair: 6 });
    expect(other).toHaveBeenCalledOnce();
  });

  test('say nothing where nothing is new, so that two panes cannot chase each other', () => {
    const other = vi.fn();
    followLink(1, 'other', other);
    publish(1, 'one', { from: 1, to: 2 });
    publish(1, 'third', { from: 1, to: 2 });
    expect(other).toHaveBeenCalledOnce();
    expect(linkState(1).by).toBe('one');
  });

  test('are kept without the crosshair, and come back', () => {
    publish(3, 'chart-1', { seriesId: 'NOVA.L:1m', from: 10, to: 20, crosshair: 15 });
    const kept = linkStates();
    expect(kept).toEqual({ 3: { seriesId: 'NOVA.L:1m', from: 10, to: 20 } });
    useLinks.setState({ groups: {} });
    setLinkStates(kept);
    expect(linkState(3)).toEqual({ seriesId: 'NOVA.L:1m', from: 10, to: 20, crosshair: null, by: null });
  });
});
