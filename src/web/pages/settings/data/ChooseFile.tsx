import { type DragEvent, useState } from 'react';
import classes from './Data.module.css';

type Props = { file: File | null; onChoose: (file: File) => void };

const sizeOf = (bytes: number): string =>
  new Intl.NumberFormat(navigator.language, {
    style: 'unit',
    unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / (bytes < 1_000_000 ? 1_000 : 1_000_000));

/** A file, dragged here or chosen. */
export function ChooseFile({ file, onChoose }: Props) {
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [first] = files ?? [];
    if (first !== undefined) onChoose(first);
  };
  const drag = (event: DragEvent): void => {
    event.preventDefault();
    setOver(event.type === 'dragover');
    if (event.type === 'drop') take(event.dataTransfer.files);
  };
  return (
    <label className={classes.drop} data-over={isOver} onDragOver={drag} onDragLeave={drag} onDrop={drag}>
      <input
        type="file"
        className={classes.file}
        accept=".csv,.tsv,.txt,.gz,.zip,text/csv"
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
      {file === null ? (
        <span>
          <b>Choose a CSV file</b> or drag it here. As the CRM exported it; packed with gzip is fine. At most
          1 GB.
        </span>
      ) : (
        <span>
          <b>{file.name}</b>, {sizeOf(file.size)}. Choose another to exchange it.
        </span>
      )}
    </label>
  );
}
