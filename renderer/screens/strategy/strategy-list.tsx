import { FilePlus2, Trash2 } from 'lucide-react';
import type { StrategySummary } from '../../../shared/contract/schemas.ts';
import { Bar, IconButton } from '../../design/index.ts';
import { currentClient } from '../../state/connection.ts';
import { removeWithUndo, useRemovals } from '../../state/removals.ts';
import { chooseStrategyFile } from './choose-strategy.tsx';

interface StrategyListProps {
  readonly strategies: readonly StrategySummary[];
  readonly chosen: string | undefined;
  readonly onChoose: (strategyId: string) => void;
}

/** The built-in strategies and one's own. */
export function StrategyList({ strategies, chosen, onChoose }: StrategyListProps) {
  const hidden = useRemovals(({ hidden }) => hidden);
  return (
    <section className="strategy-list" aria-label="Strategies">
      <Bar
        title="Strategies"
        end={
          <IconButton
            label="Add a strategy file"
            icon={<FilePlus2 size={15} aria-hidden />}
            onClick={chooseStrategyFile}
          />
        }
      />
      <ul>
        {strategies
          .filter(({ id }) => !hidden.has(id))
          .map((strategy) => (
            <Item
              key={strategy.id}
              strategy={strategy}
              isChosen={strategy.id === chosen}
              onChoose={() => onChoose(strategy.id)}
            />
          ))}
      </ul>
      <p className="muted strategy-list-foot">Drop a .ts file to add your own.</p>
    </section>
  );
}

function Item({
  strategy: { id, name, origin, description },
  isChosen,
  onChoose,
}: {
  readonly strategy: StrategySummary;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const remove = () =>
    removeWithUndo({
      id,
      title: `${name} removed`,
      text: 'Runs made with it keep their results.',
      commit: () => currentClient().strategies.remove({ strategyId: id }),
    });
  return (
    <li className="strategy-item" aria-current={isChosen}>
      <button type="button" data-testid={`strategy-${id}`} title={description} onClick={onChoose}>
        <strong>{name}</strong>
        <span className="muted">{origin === 'user' ? 'yours' : ''}</span>
        <span className="strategy-item-text muted">{description}</span>
      </button>
      {origin === 'user' && (
        <IconButton label={`Remove ${name}`} icon={<Trash2 size={13} aria-hidden />} onClick={remove} />
      )}
    </li>
  );
}
