/** A chart under the sentence that it shows, with the table behind it, to be saved or printed. */
import { Button, Menu } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { wordsOf } from '../../app/api/queries.ts';
import { DataTable } from './DataTable.tsx';
import classes from './Figure.module.css';
import { saveCsv, savePng, saveSvg } from './save.ts';
import type { ChartTable } from './table.ts';

type Props = {
  /** What is to be seen in it, as a sentence. */
  title: string;
  /** What it is of, and how to read it. */
  about?: ReactNode;
  /** What its files are called. */
  name: string;
  table: ChartTable;
  /** The drawing, as wide as there is room for. */
  children: (width: number) => ReactNode;
};

export function Figure({ title, about, name, table, children }: Props) {
  const [isTable, setIsTable] = useState(false);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const body = useRef<HTMLDivElement>(null);
  const withSvg = (save: (svg: SVGSVGElement, name: string) => unknown) => async () => {
    const svg = body.current?.querySelector('svg');
    try {
      if (svg) await save(svg, name);
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not saved', message: wordsOf(error) });
    }
  };
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          {about !== undefined && <p className={classes.about}>{about}</p>}
        </div>
        <div className={`${classes.tools} no-print`}>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-pressed={isTable}
            leftSection={<IconTable size={14} aria-hidden />}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? 'Chart' : 'Table'}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" size="compact-sm" leftSection={<IconDownload size={14} aria-hidden />}>
                Save
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={isTable} onClick={withSvg(savePng)}>
                Picture (PNG)
              </Menu.Item>
              <Menu.Item disabled={isTable} onClick={withSvg(saveSvg)}>
                Drawing (SVG)
              </Menu.Item>
              <Menu.Item onClick={() => saveCsv(table, name)}>Table (CSV)</Menu.Item>
              <Menu.Item onClick={() => print()}>Print the page</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </figcaption>
      <div ref={body} className={classes.body}>
        <div ref={ref}>
          {isTable ? <DataTable name={title} table={table} /> : width > 0 && children(width)}
        </div>
      </div>
    </figure>
  );
}
