import { Autocomplete, Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Campaign, changeCampaign, openCampaign } from '#contract/campaigns.ts';
import { useAct } from '../../../app/api/acts.ts';
import { money } from '../../../app/format/numbers.ts';
import own from '../cost/Cost.module.css';

const CHANGES = ['/api/campaigns', '/api/measures'];
type Said = { name: string; source: string; from: string; to: string; amount: string | number };

/** Writes a cost down by hand: of a campaign there is, or of one that is new. */
export function CostEntry({ campaigns, currency }: { campaigns: readonly Campaign[]; currency: string }) {
  const [said, setSaid] = useState<Said>({ name: '', source: '', from: '', to: '', amount: '' });
  const [unit, setUnit] = useState(currency);
  const say = (part: Partial<Said>) => setSaid((before) => ({ ...before, ...part }));
  const done = () => say({ from: '', to: '', amount: '' });
  const told = () => `${said.name.trim()}: ${money(Number(said.amount), unit)} written down`;
  const open = useAct(openCampaign, { changes: CHANGES, said: told, done });
  const add = useAct(changeCampaign, { changes: CHANGES, said: told, done });
  const known = campaigns.find(({ name }) => name.toLowerCase() === said.name.trim().toLowerCase());
  const isBackwards = said.from !== '' && said.to !== '' && said.to < said.from;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof said.amount !== 'number' || isBackwards) return;
    const cost = {
      from: said.from,
      to: said.to === '' ? said.from : said.to,
      amount: said.amount,
      currency: unit,
    };
    if (known === undefined) {
      const source = said.source.trim();
      open.mutate({
        body: { name: said.name.trim(), ...(source !== '' && { source }), costs: [cost] },
      });
    } else {
      const before = known.costs.map(({ id: _, ...one }) => one);
      add.mutate({
        params: { id: known.id },
        body: { costs: [...before, cost], revision: known.revision },
      });
    }
  };

  return (
    <form onSubmit={submit} className={own.fields} aria-label="Write a cost down">
      <Autocomplete
        label="Campaign"
        description={known === undefined ? 'A new name begins a campaign' : 'Known: the cost is added to it'}
        data={campaigns.map(({ name }) => name)}
        value={said.name}
        onChange={(name) => say({ name })}
        maxLength={500}
        required
      />
      {known === undefined && (
        <TextInput
          label="Source of its leads"
          description="As leads name it; else the campaign’s name"
          value={said.source}
          maxLength={500}
          onChange={({ currentTarget }) => say({ source: currentTarget.value })}
        />
      )}
      <TextInput
        label="From"
        description="The first day it was spent on"
        type="date"
        value={said.from}
        onChange={({ currentTarget }) => say({ from: currentTarget.value })}
        required
      />
      <TextInput
        label="To"
        description="The last; the same day when left out"
        type="date"
        value={said.to}
        error={isBackwards ? 'This is before the first day.' : undefined}
        onChange={({ currentTarget }) => say({ to: currentTarget.value })}
      />
      <NumberInput
        label="Cost"
        description="Of all these days together"
        min={0}
        decimalScale={2}
        thousandSeparator=" "
        value={said.amount}
        onChange={(amount) => say({ amount })}
        required
      />
      <TextInput
        label="Currency"
        description="Three capital letters, as EUR"
        value={unit}
        maxLength={3}
        pattern="[A-Z]{3}"
        onChange={({ currentTarget }) => setUnit(currentTarget.value.toUpperCase())}
        required
      />
      <Button
        type="submit"
        loading={open.isPending || add.isPending}
        style={{ alignSelf: 'end', justifySelf: 'start' }}
      >
        Write the cost down
      </Button>
    </form>
  );
}
