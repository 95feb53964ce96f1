import { Text } from '@mantine/core';
import classes from '../Settings.module.css';
import { Copy } from '../Shown.tsx';
import { drawQr } from './qr.ts';

/** What an authenticator is given: a picture to scan, or the secret to type. */
export function Authenticator({ uri }: { uri: string }) {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const { size, path } = drawQr(uri);
  return (
    <>
      <Text size="sm">
        Scan this with an authenticator, or type the secret there. On this device{' '}
        <a href={uri}>open it in the authenticator</a>.
      </Text>
      <svg
        className={classes.qr}
        viewBox={`-4 -4 ${size + 8} ${size + 8}`}
        role="img"
        aria-label="The picture for the authenticator: the same as the secret below"
        shapeRendering="crispEdges"
      >
        <rect x={-4} y={-4} width={size + 8} height={size + 8} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <div className={classes.acts}>
        <code className={classes.code}>{(secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
        <Copy text={secret} what="Copy the secret" />
      </div>
    </>
  );
}
