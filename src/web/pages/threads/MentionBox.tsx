import { Combobox, Textarea, useCombobox } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Member } from '#contract/people.ts';

const MOST = 8;
/** An @ at the beginning of a word, and what was typed after it, up to where the cursor is. */
const ASKED = /(^|\s)@([^\s@]*)$/;

type Props = {
  label: string;
  placeholder: string;
  value: string;
  members: readonly Member[];
  onChange: (value: string) => void;
  onMention: (member: Member) => void;
  onSend: () => void;
};

/** A text in which an @ offers the people one may mean. */
export function MentionBox({ label, placeholder, value, members, onChange, onMention, onSend }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const list = useCombobox();
  const fitting =
    asked === null
      ? []
      : members
          .filter(({ name, email }) =>
            [name, ...name.split(' '), email].some((one) =>
              one.toLowerCase().startsWith(asked.toLowerCase()),
            ),
          )
          .slice(0, MOST);

  const look = (element: HTMLTextAreaElement): void => {
    const found = ASKED.exec(element.value.slice(0, element.selectionStart))?.[2] ?? null;
    setAsked(found);
    if (found === null) list.closeDropdown();
    else {
      list.openDropdown();
      list.selectFirstOption();
    }
  };
  const choose = (id: string): void => {
    const member = members.find((one) => one.id === id);
    const element = box.current;
    if (member === undefined || element === null) return;
    const before = element.value.slice(0, element.selectionStart).replace(ASKED, `$1@${member.name} `);
    onChange(before + element.value.slice(element.selectionStart));
    onMention(member);
    setAsked(null);
    list.closeDropdown();
    element.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onSend();
    }
  };
  const isOpen = asked !== null && fitting.length > 0;

  return (
    <Combobox store={list} onOptionSubmit={choose} position="bottom-start" width={260}>
      <Combobox.Target withKeyboardNavigation={isOpen} withAriaAttributes={isOpen}>
        <Textarea
          ref={box}
          aria-label={label}
          placeholder={placeholder}
          autosize
          minRows={2}
          maxRows={12}
          value={value}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value);
            look(currentTarget);
          }}
          onBlur={() => list.closeDropdown()}
          onKeyDown={press}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options>
          {fitting.map(({ id, name, email }) => (
            <Combobox.Option key={id} value={id}>
              {name} <small>{email}</small>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
