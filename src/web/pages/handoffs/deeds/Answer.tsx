import { NumberInput, Radio, Select, Textarea, TextInput } from '@mantine/core';
import type { HandoffReply } from '#contract/handoffs.ts';

type Question = HandoffReply['packet']['asked']['questions'][number];

type Props = {
  question: Question;
  /** Whether it is the first thing that is asked. */
  first: boolean;
  value: string;
  onChange: (value: string) => void;
};

/** An agreed question, asked as its kind wants it. */
export function Answer({ question, first, value, onChange }: Props) {
  const { ask, kind, options = [], required } = question;
  const common = { label: ask, required, 'data-autofocus': first || undefined };
  switch (kind) {
    case 'text':
      return (
        <Textarea
          {...common}
          autosize
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    case 'choice':
      return options.length <= 6 ? (
        <Choice {...common} options={options} value={value} onChange={onChange} />
      ) : (
        <Select
          {...common}
          data={options}
          value={value === '' ? null : value}
          onChange={(chosen) => onChange(chosen ?? '')}
          searchable
          clearable={!required}
        />
      );
    case 'yes_no':
      return <Choice {...common} options={['yes', 'no']} value={value} onChange={onChange} />;
    case 'number':
      return <NumberInput {...common} value={value} onChange={(given) => onChange(String(given))} />;
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}

type ChoiceProps = Omit<Props, 'question' | 'first'> & {
  label: string;
  required: boolean;
  'data-autofocus': true | undefined;
  options: readonly string[];
};

const Choice = ({ options, value, onChange, ...common }: ChoiceProps) => (
  <Radio.Group {...common} value={value} onChange={onChange}>
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '8px 16px', marginTop: 6 }}>
      {options.map((option) => (
        <Radio
          key={option}
          value={option}
          label={option.charAt(0).toUpperCase() + option.slice(1)}
          // What is not required can be taken back.
          onClick={() => !common.required && value === option && onChange('')}
        />
      ))}
    </div>
  </Radio.Group>
);
