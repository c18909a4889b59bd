// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { freePort } from './ports.mjs';
import { until } from './until.mjs';

const run = promisify(execFile);
const SOURCE = '/usr/share/wordpress';
const PLUGINS = new URL('../../integrations/wordpress/', import.meta.url).pathname;

const THEME = {
  'style.css': '/*\nTheme Name: Plain\n*/\n',
  'index.php': '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><?php wp_head(); ?></head><body><h1>Shop</h1><?php wp_footer(); ?></body></html>\n',
};

/** A real WordPress on loopback: its files from Debian's package, a MariaDB and PHP's web server of its own, all in a temporary folder. */
export class WordPress {
  admin = { login: 'owner', email: 'owner@shop.example', password: randomBytes(12).toString('hex') };
  #folder;
  #processes = [];

  static async start() {
    const site = new WordPress();
    site.#folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-wordpress-'));
    try {
      await site.#startDatabase();
      await site.#lay();
      await site.#serve();
    } catch (error) {
      await site.stop();
      throw error;
    }
    return site;
  }

  /** Runs PHP within WordPress, and returns what it prints. */
  async php(code) {
    const { stdout } = await run('php', ['-d', 'display_errors=stderr', '-r', `define('WP_USE_THEMES', false); require '${this.#place('site')}/wp-load.php'; ${code}`]);
    return stdout;
  }

  async stop() {
    for (const child of this.#processes.reverse()) {
      const gone = child.exitCode === null && child.signalCode === null ? new Promise((resolve) => { child.once('exit', resolve); }) : null;
      child.kill('SIGTERM');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #place(...parts) {
    return path.join(this.#folder, ...parts);
  }

  #launch(program, args) {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.said = '';
    child.stderr.on('data', (text) => { child.said += text; });
    this.#processes.push(child);
    return child;
  }

  async #startDatabase() {
    const user = os.userInfo().username;
    const [data, socket] = [this.#place('data'), this.#place('sql')];
    await run('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', `--user=${user}`, '--skip-test-db']);
    this.#launch('/usr/sbin/mariadbd', ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, '--skip-networking', `--user=${user}`, `--pid-file=${this.#place('pid')}`]);
    await until(() => run('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '-e', 'CREATE DATABASE IF NOT EXISTS shop']).then(() => true, () => false),
      () => `the database: ${this.#processes[0].said}`);
  }

  async #lay() {
    const site = this.#place('site');
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    await cp(SOURCE, site, { recursive: true, dereference: true });
    await cp(PLUGINS, path.join(site, 'wp-content/plugins'), { recursive: true });
    await mkdir(path.join(site, 'wp-content/themes/plain'), { recursive: true });
    for (const [name, text] of Object.entries(THEME)) await writeFile(path.join(site, 'wp-content/themes/plain', name), text);
    const settings = { DB_NAME: 'shop', DB_USER: 'root', DB_PASSWORD: '', DB_HOST: `localhost:${this.#place('sql')}`, DB_CHARSET: 'utf8mb4', DB_COLLATE: '', WP_HOME: this.url, WP_SITEURL: this.url };
    const lines = Object.entries(settings).map(([name, value]) => `define('${name}', '${value}');`);
    const more = "define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('WP_DEFAULT_THEME', 'plain');";
    await writeFile(path.join(site, 'wp-config.php'), `<?php\n${lines.join('\n')}\n${more}\n$table_prefix = 'wp_';\ndefined('ABSPATH') || define('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n`);
  }

  async #serve() {
    const { login, email, password } = this.admin;
    await run('php', ['-r', `define('WP_INSTALLING', true); require '${this.#place('site')}/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
      wp_install('Shop', '${login}', '${email}', true, '', '${password}'); switch_theme('plain');`]);
    this.#launch('php', ['-d', 'display_errors=1', '-S', `127.0.0.1:${this.port}`, '-t', this.#place('site')]);
    await until(() => fetch(this.url).then(({ ok }) => ok, () => false), () => `the site: ${this.#processes.at(-1).said}`);
  }
}
