// A headless Chromium of its own: a fresh profile below a temporary directory, the test CA trusted
// as a user would trust it (certutil into the NSS database), and nothing left behind.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const FLAGS = [
  '--headless', '--remote-debugging-pipe', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--no-default-browser-check', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-extensions', '--disable-breakpad', '--disable-dev-shm-usage',
  '--password-store=basic', '--metrics-recording-only',
  // A hidden tab stretches its timers; here nothing is looked at, and the page's own timing counts.
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  // The page is fetched by the scheme it was given, never upgraded to https behind its back.
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedMode,HttpsFirstBalancedModeAutoEnable',
];

/** How long the end of the browser is waited for, in ms: halfopen kills after two seconds. */
const STOP_TIME = 400;

function program() {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      if (existsSync(join(directory, name))) return join(directory, name);
    }
  }
  throw new Error(`no browser: none of ${NAMES.join(', ')} is on the PATH`);
}

/** The browser's own errands, which are nobody's business here. */
const ERRANDS = ['google.com', 'googleapis.com', 'gstatic.com', 'gvt1.com', 'googleusercontent.com'];

/**
 * The proxy that halfopen points it at, for loopback addresses, too. Neither the page nor what the
 * browser does by itself goes through it.
 */
function proxyFlags({ HALFOPEN_PROXY, HALFOPEN_PAGE }) {
  if (!HALFOPEN_PROXY) return [];
  return [
    `--proxy-server=http://${new URL(HALFOPEN_PROXY).host}`,
    `--proxy-bypass-list=${['<-loopback>', new URL(HALFOPEN_PAGE).host,
      ...ERRANDS.flatMap((domain) => [domain, `*.${domain}`])].join(';')}`,
  ];
}

function trust(home, ca) {
  const database = join(home, '.pki', 'nssdb');
  mkdirSync(database, { recursive: true });
  const certutil = (...words) => execFileSync('certutil', ['-d', `sql:${database}`, ...words]);
  certutil('-N', '--empty-password');
  certutil('-A', '-n', 'halfopen test CA', '-t', 'C,,', '-i', ca);
}

/** All processes of the browser at once. */
function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Starts it; the end of this process is the end of the browser and of its profile. */
export function startBrowser() {
  const home = mkdtempSync(join(tmpdir(), 'halfopen-chromium-'));
  let browser;
  const stop = () => {
    if (!browser?.pid) process.exit(0);
    killGroup(browser.pid);
    // "close": the last of its processes let go of the pipes, so none writes to the profile again.
    browser.removeAllListeners('close').once('close', () => process.exit(0));
    setTimeout(() => process.exit(0), STOP_TIME);
  };
  process.on('exit', () => {
    if (browser?.pid) killGroup(browser.pid);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

  if (process.env.HALFOPEN_CA) trust(home, process.env.HALFOPEN_CA);
  const flags = [...FLAGS, ...proxyFlags(process.env), `--user-data-dir=${join(home, 'profile')}`];
  if (process.getuid() === 0) flags.push('--no-sandbox');  // Chromium's sandbox refuses root.
  browser = spawn(program(), [...flags, 'about:blank'], {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,  // A process group of its own; it also ends when its DevTools pipe does.
  });
  return browser;
}
