/** Why an event waits, in words; by the code that clients are told. */
const reasons: Record<string, string> = {
  not_an_object: 'Not an object',
  unknown_type: 'Unknown type',
  no_identity: 'Nobody it is about',
  no_event_name: 'No event name',
  no_group: 'No group',
  no_previous_id: 'No former id',
  bad_time: 'Unreadable time',
  time_out_of_range: 'Time out of range',
  too_large: 'Too large',
  too_long: 'Too long a name or id',
  too_deep: 'Too deep',
  too_many_keys: 'Too many fields',
  message_id_conflict: 'Another event of the same id',
  not_storable: 'Cannot be stored',
  too_many_refused: 'Too many refused at once',
};

export const reasonName = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return reasons[code] ?? words.charAt(0).toUpperCase() + words.slice(1);
};

export const reasonChoices = Object.entries(reasons).map(([value, label]) => ({ value, label }));
