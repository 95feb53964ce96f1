import { Modal } from '@mantine/core';
import type { Difference } from '#contract/openings.ts';
import { ClauseForm } from '../editor/ClauseForm.tsx';
import { type CardClause, stagesOf } from '../editor/clauses.ts';

type Props = {
  difference: Difference;
  isOpen: boolean;
  onTake: (value: unknown) => void;
  onClose: () => void;
};

/** A clause on which neither side has it right: written anew, from what one of them has. */
export function Anew({ difference, isOpen, onTake, onClose }: Props) {
  const { clause, part, owner, values } = difference;
  const dot = clause.indexOf('.');
  const card: CardClause = {
    path: clause,
    part: part as CardClause['part'],
    id: dot < 0 ? null : clause.slice(dot + 1),
    owner,
    words: null,
    rule: null,
    points: null,
    value: values.marketing ?? values.sales,
    line: 1,
    column: 1,
  };
  return (
    <Modal opened={isOpen} onClose={onClose} size="lg" title={`Write ${clause} anew`}>
      <ClauseForm
        clause={card}
        stages={stagesOf(null)}
        isOurs
        label="Take this"
        onSuggest={null}
        onApply={(_, value) => onTake(value)}
        onCancel={onClose}
      />
    </Modal>
  );
}
