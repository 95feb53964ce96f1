import { NumberInput } from '@mantine/core';
import { type Assumption, typedOf, valueTyped } from './assumptions.ts';

type Props = {
  of: Assumption;
  value: number;
  currency: string;
  about?: string;
  onChange: (value: number) => void;
};

const ends = (kind: Assumption['kind'], currency: string): string =>
  kind === 'share' ? ' %' : kind === 'hours' ? ' h' : ` ${currency}`;

/** One assumption, to be replaced by who knows better. */
export const AssumptionField = ({
  of: { label, kind, about: own },
  value,
  currency,
  about = own,
  onChange,
}: Props) => (
  <NumberInput
    label={label}
    description={about}
    value={typedOf(kind, value)}
    onChange={(typed) => {
      if (typeof typed === 'number' && Number.isFinite(typed)) onChange(valueTyped(kind, typed));
    }}
    min={0}
    {...(kind === 'share' && { max: 100 })}
    decimalScale={2}
    suffix={ends(kind, currency)}
    thousandSeparator=" "
    inputWrapperOrder={['label', 'input', 'description']}
  />
);
