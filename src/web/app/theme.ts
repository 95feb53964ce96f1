/** One design language: calm grounds, one accent, and a colour for each party that means that party everywhere. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const pact: MantineColorsTuple = [
  '#edeffc',
  '#d8dcf7',
  '#b1b9ee',
  '#8893e4',
  '#6673dc',
  '#505fd7',
  '#3b4cca',
  '#3443b6',
  '#2d3aa2',
  '#232f86',
];

export const theme = createTheme({
  primaryColor: 'pact',
  primaryShade: { light: 6, dark: 5 },
  colors: { pact },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '17px', lineHeight: '1.35' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { opacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
  },
});

/** The library's own parts stand on our grounds. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c1c1f',
    '--mantine-color-dimmed': '#62626b',
    '--mantine-color-placeholder': '#6f6f78',
    '--mantine-color-default-border': '#d9d8d3',
  },
  dark: {
    '--mantine-color-body': '#1a1a1e',
    '--mantine-color-text': '#ececf0',
    '--mantine-color-dimmed': '#a0a0ab',
    '--mantine-color-placeholder': '#8f8f9a',
    '--mantine-color-default-border': '#3a3a42',
  },
});
